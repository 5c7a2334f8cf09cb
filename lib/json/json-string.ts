import type { JsonToken } from './json-token.ts';

/**
 * A string from behind its opening quote on. Its value grows by what has come whole: never half an
 * escape, never half a surrogate pair. Nothing looks into the value, which may be a rope.
 */
export function jsonString(): JsonToken {
  let value = '';
  /** The first half of a surrogate pair, as long as it is the last thing that came. */
  let half = '';
  /** The open escape without its backslash, `null` when none is. */
  let escape: string | null = null;
  let isWhole = false;
  let fault: string | null = null;

  const append = (text: string): void => {
    const last = text.charCodeAt(text.length - 1);
    const endsInHalf = last >= 0xd800 && last <= 0xdbff;
    value += half + (endsInHalf ? text.slice(0, -1) : text);
    half = endsInHalf ? text.slice(-1) : '';
  };

  const readPlain = (piece: string, from: number): number => {
    let at = from;
    while (at < piece.length && isPlain(piece.charCodeAt(at))) at += 1;
    if (at > from) append(piece.slice(from, at));
    return at;
  };

  const readMark = (char: string): void => {
    if (char === '\\') escape = '';
    else if (char === '"') {
      value += half;
      isWhole = true;
    } else fault = 'Control character in a string';
  };

  const readEscape = (escaped: string): void => {
    const meaning = escaped.startsWith('u') ? unitOf(escaped) : meanings[escaped];
    if (meaning === undefined) fault = 'Malformed escape in a string';
    else if (meaning === null) escape = escaped;
    else {
      append(meaning);
      escape = null;
    }
  };

  return {
    open: () => {
      value = '';
      half = '';
      isWhole = false;
    },
    read: (piece, from) => {
      let at = from;
      while (!isWhole) {
        if (escape === null) at = readPlain(piece, at);
        if (at === piece.length) break;
        const char = piece.charAt(at);
        if (escape === null) readMark(char);
        else readEscape(escape + char);
        if (fault !== null) break;
        at += 1;
      }
      return at;
    },
    end: () => undefined,
    isWhole: () => isWhole,
    fault: () => fault,
    value: () => value,
  };
}

/** Neither a quote nor a backslash nor a control character. */
const isPlain = (unit: number): boolean => unit >= 0x20 && unit !== 0x22 && unit !== 0x5c;

/** The UTF-16 unit of an escape: `null` as long as digits are missing, `undefined` for what is none. */
function unitOf(escaped: string): string | null | undefined {
  if (!/^u[\da-f]*$/i.test(escaped)) return undefined;
  return escaped.length < 5 ? null : String.fromCharCode(parseInt(escaped.slice(1), 16));
}

const meanings: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
