import type { TextSpec } from './specs.ts';

/** The text a value stands for, `null` when it is not what the spec asks for. */
export function textOf(spec: TextSpec, value: unknown): string | null {
  switch (spec) {
    case '':
      return plainText(value);
    case 'list':
      return joined(value, '\n', plainText);
    case 'lists':
      return joined(value, '\n\n', (list) => joined(list, '\n', plainText));
  }
}

/** What reads as text, as text; `null` for everything else. */
export function plainText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return null;
  }
}

function joined(
  list: unknown,
  separator: string,
  textOfItem: (item: unknown) => string | null,
): string | null {
  if (!Array.isArray(list)) return null;
  const texts = list.map(textOfItem);
  return texts.includes(null) ? null : texts.join(separator);
}
