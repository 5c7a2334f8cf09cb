import { jsonInText } from './json-in-text.ts';
import { beginsNumber } from './json-number.ts';
import { jsonReader, type JsonReader } from './json-reader.ts';
import type { JsonType } from './json-type.ts';

/**
 * A reader of the JSON in a model's answer that may also be a string, a number, a boolean or `null`,
 * which no bracket shows: such a value is the whole text. Any other text is read as `jsonInText` reads it.
 *
 * - A text is taken for a scalar for as long as it is the beginning of one. What is no string is the
 *   `value` from the end on, and only then the reader is `complete`: more of the text may show that it is
 *   prose.
 * - A string is the `value` while it grows, and no longer when the text turns out to be prose that begins
 *   with a quotation.
 *
 * It never goes back: the cost of a piece does not grow with the text.
 *
 * @example
 * const reader = jsonOrScalar('object', ['null']);
 * reader.push('nul');
 * reader.push('l');
 * reader.end();
 * reader.value; // null
 *
 * @param root what to look for in a text that is no scalar
 * @param types what the whole text may be as well; an object or an array among them is not looked for
 */
export function jsonOrScalar(
  root: 'object' | 'array' | 'either',
  types: readonly JsonType[],
): JsonReader {
  const inText = jsonInText(root);
  const scalar = jsonReader();
  /** Whether the text is a scalar, or the beginning of one; `null` while it is blank. */
  let isScalar: boolean | null = null;
  let hasEnded = false;

  const mayGoOn = (): boolean => isScalar === true && !hasEnded;
  const read = (): JsonReader => (isScalar === true ? scalar : inText);

  return {
    push: (text) => {
      inText.push(text);
      isScalar ??= beginsScalar(text, types);
      if (isScalar === false) return;
      scalar.push(text);
      if (scalar.state === 'invalid') isScalar = false;
    },
    end: () => {
      hasEnded = true;
      inText.end();
      scalar.end();
    },
    get value() {
      const { value } = read();
      return mayGoOn() && typeof value !== 'string' ? undefined : value;
    },
    get state() {
      return mayGoOn() ? 'open' : read().state;
    },
    get error() {
      return read().error;
    },
    get found() {
      return false;
    },
  };
}

/** Whether a text begins with a scalar of one of these types, `null` where nothing begins in it. */
function beginsScalar(text: string, types: readonly JsonType[]): boolean | null {
  const [first] = /[^ \n\r\t]/.exec(text) ?? [];
  if (first === undefined) return null;
  const begun = scalarBegunBy(first);
  return begun !== null && types.includes(begun);
}

function scalarBegunBy(char: string): JsonType | null {
  switch (char) {
    case '"':
      return 'string';
    case 't':
    case 'f':
      return 'boolean';
    case 'n':
      return 'null';
    default:
      return beginsNumber(char) ? 'number' : null;
  }
}
