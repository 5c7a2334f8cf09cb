import type { JsonToken } from './json-token.ts';

/** Reads `true`, `false` and `null`. */
export function jsonWord(): JsonToken {
  let word: 'true' | 'false' | 'null' = 'null';
  let length = 0;
  let fault: string | null = null;
  return {
    open: (first) => {
      word = first === 't' ? 'true' : first === 'f' ? 'false' : 'null';
      length = 1;
    },
    read: (piece, from) => {
      let at = from;
      for (; at < piece.length && length < word.length; at += 1, length += 1) {
        if (piece.charAt(at) === word.charAt(length)) continue;
        fault = 'Unknown word';
        break;
      }
      return at;
    },
    end: () => undefined,
    isWhole: () => length === word.length,
    fault: () => fault,
    value: () => (word === 'null' ? null : word === 'true'),
  };
}
