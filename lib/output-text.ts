import { toBase64 } from './base64.ts';

/**
 * What a tool gave, as the text that is told to a model: a text as it is, an `Error` by its message, bytes as
 * base64, everything else as JSON, and nothing at all as an empty text. Within JSON it is the same; a `Set`
 * is a list there and a `Map` an object, which JSON would leave empty.
 *
 * @throws {TypeError} for what JSON cannot hold: a BigInt, or a value that holds itself
 */
export function outputText(output: unknown): string {
  const told = tellable(output);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- of `undefined` JSON makes nothing, which its type does not say
  return typeof told === 'string' ? told : (JSON.stringify(told, tellableOf) ?? '');
}

/** The same as a value that JSON holds; `undefined` for nothing at all. */
export function outputJson(output: unknown): unknown {
  const json = JSON.stringify(tellable(output), tellableOf) as string | undefined;
  return json === undefined ? undefined : JSON.parse(json);
}

function tellable(value: unknown): unknown {
  if (value instanceof Error) return value.message;
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof ArrayBuffer) return toBase64(new Uint8Array(value));
  if (value instanceof Set) return [...(value as Set<unknown>)];
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value;
}

/** For what is within: not `value`, which a `toJSON` such as that of Node's `Buffer` may have made of it. */
function tellableOf(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const held = this[key];
  const told = tellable(held);
  return told === held ? value : told;
}
