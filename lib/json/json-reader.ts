import { jsonElements, type JsonElements } from './json-elements.ts';
import { isBlank, jsonScanner } from './json-scanner.ts';
import { jsonTree } from './json-tree.ts';

/** Reads a JSON value that comes in pieces, and has at any time what has come of it. */
export interface JsonReader {
  /**
   * Reads the next piece of the text. Costs as much as the piece is long, however much came before.
   * What `each.next` throws comes out here, and the reader is of no more use then.
   */
  push(text: string): void;
  /** No more text comes. Only then a number at the root is whole; where a value is still open, the text is invalid. */
  end(): void;
  /**
   * The value so far, `undefined` until there is one. To be looked at, not to be changed: it shares
   * with the values before and after it whatever is the same in them.
   *
   * Reading it costs a copy of the objects and arrays that are open and have changed since the last time.
   */
  readonly value: unknown;
  readonly state: 'open' | 'complete' | 'invalid';
  /** What is wrong with the text, `null` while nothing is. */
  readonly error: JsonFault | null;
  /** Whether the array that `each` asks for has begun. */
  readonly found: boolean;
}

/** What is wrong with a JSON text. */
export interface JsonFault {
  readonly message: string;
  /** Where, in UTF-16 units from the start of the text. */
  readonly position: number;
}

/** What a reader is asked for. */
export interface JsonReaderOptions {
  /** Hands on the elements of one array instead of keeping them: in `value` the array stays `[]`. */
  readonly each?: JsonElements;
}

/**
 * A reader of JSON in pieces: takes what `JSON.parse` takes and comes to the value that `JSON.parse`
 * gives, whatever pieces the text is cut into.
 *
 * - Every value on the way is a sound part of the whole: a string is a beginning of the string, without
 *   half escapes and half surrogate pairs; a key comes with a value; numbers, `true`, `false` and
 *   `null` come whole; objects and arrays come with their opening bracket. (Of a key that is written
 *   twice, what was first is replaced by what is last.)
 * - Values that were read do not change. A new one differs in identity from the one before where it
 *   differs in value, and shares the rest.
 * - The cost of a piece does not grow with the text. The width of the containers that are open does
 *   show where `value` is read after every piece: a long array is better taken element by element.
 * - After the value only white space may follow. Where the text is wrong, `value` stays what it was.
 *
 * @example
 * const reader = jsonReader();
 * reader.push('{"title":"Du');
 * reader.value; // { title: 'Du' }
 * reader.push('ne","year":19');
 * reader.value; // { title: 'Dune' }
 * reader.push('65}');
 * reader.state; // 'complete'
 *
 * @param options `each`: the array whose elements are wanted one by one; none by default
 */
export function jsonReader({ each }: JsonReaderOptions = {}): JsonReader {
  const builder = each === undefined ? jsonTree() : jsonElements(each);
  const scanner = jsonScanner(builder);
  let length = 0;
  let error: JsonFault | null = null;

  return {
    push: (text) => {
      if (error !== null) return;
      let at = scanner.scan(text, 0);
      if (scanner.state() === 'complete') while (isBlank(text.charAt(at))) at += 1;
      length += at;
      if (at === text.length) return;
      error = { message: scanner.fault() ?? 'More text behind the value', position: length };
    },
    end: () => {
      if (error !== null) return;
      scanner.end();
      const fault = scanner.fault();
      if (fault !== null) error = { message: fault, position: length };
    },
    get value() {
      return builder.value();
    },
    get state() {
      return error === null ? scanner.state() : 'invalid';
    },
    get error() {
      return error;
    },
    get found() {
      return builder.found();
    },
  };
}
