import type { JsonToken } from './json-token.ts';

/** Whether a character begins a number. */
export const beginsNumber = (char: string): boolean => partAfter('start', char) !== undefined;

/** Reads numbers: whole when what follows shows that they have ended. */
export function jsonNumber(): JsonToken {
  let text = '';
  let part: Part = 'start';
  let isWhole = false;
  let fault: string | null = null;
  return {
    open: (first) => {
      text = first;
      part = partAfter('start', first) ?? 'start';
      isWhole = false;
    },
    read: (piece, from) => {
      let at = from;
      for (; at < piece.length; at += 1) {
        const next = partAfter(part, piece.charAt(at));
        if (next === undefined) break;
        part = next;
      }
      text += piece.slice(from, at);
      if (at === piece.length) return at;
      isWhole = mayEnd.includes(part) && delimiters.includes(piece.charAt(at));
      if (!isWhole) fault = 'Malformed number';
      return at;
    },
    end: () => {
      isWhole = mayEnd.includes(part);
    },
    isWhole: () => isWhole,
    fault: () => fault,
    value: () => Number(text),
  };
}

/** What the text of a number so far ends with (RFC 8259, section 6). */
type Part =
  | 'start'
  | 'minus'
  | 'zero'
  | 'integer'
  | 'point'
  | 'fraction'
  | 'exponent'
  | 'exponent sign'
  | 'exponent digits';

interface Following {
  readonly digit?: Part;
  readonly [char: string]: Part | undefined;
}

/** Where each character leads that may follow a part. */
const following: Readonly<Record<Part, Following>> = {
  start: { '-': 'minus', '0': 'zero', digit: 'integer' },
  minus: { '0': 'zero', digit: 'integer' },
  zero: { '.': 'point', e: 'exponent', E: 'exponent' },
  integer: { digit: 'integer', '.': 'point', e: 'exponent', E: 'exponent' },
  point: { digit: 'fraction' },
  fraction: { digit: 'fraction', e: 'exponent', E: 'exponent' },
  exponent: { '+': 'exponent sign', '-': 'exponent sign', digit: 'exponent digits' },
  'exponent sign': { digit: 'exponent digits' },
  'exponent digits': { digit: 'exponent digits' },
};

const mayEnd: readonly Part[] = ['zero', 'integer', 'fraction', 'exponent digits'];

const delimiters = ' \n\r\t,]}';

const partAfter = (part: Part, char: string): Part | undefined =>
  following[part][char] ?? (char >= '0' && char <= '9' ? following[part].digit : undefined);
