import type { JsonBuilder } from './json-builder.ts';
import { beginsNumber, jsonNumber } from './json-number.ts';
import { jsonString } from './json-string.ts';
import type { JsonScalar, JsonToken } from './json-token.ts';
import { jsonWord } from './json-word.ts';

/** Reads one JSON value from a text that comes in pieces. */
export interface JsonScanner {
  /**
   * Reads a piece from a position on, and returns the position it came to: the end of the piece, the
   * first character behind the value, or the one that cannot stand there.
   */
  scan(piece: string, from: number): number;
  /** No more text comes: only then a number at the root is whole. */
  end(): void;
  state(): 'open' | 'complete' | 'invalid';
  /** What is wrong, `null` while nothing is. */
  fault(): string | null;
  /** How many objects and arrays are open. */
  depth(): number;
  /** Whether nothing has come but brackets that open. */
  isEmpty(): boolean;
}

/**
 * A strict scanner (RFC 8259): takes what `JSON.parse` takes. It looks at each character once, keeps
 * no text but that of the open token, and nests as deep as memory goes.
 */
export function jsonScanner(builder: JsonBuilder): JsonScanner {
  const open: ('object' | 'array')[] = [];
  let state: ReturnType<JsonScanner['state']> = 'open';
  let fault: string | null = null;
  let expected: Expected = 'a value';
  const string = jsonString();
  const number = jsonNumber();
  const word = jsonWord();
  let token: JsonToken | null = null;
  let isEmpty = true;
  let role: 'key' | 'string' | 'scalar' = 'scalar';

  const reject = (reason: string): void => {
    state = 'invalid';
    fault = reason;
  };

  const expect = (next: Expected): true => {
    expected = next;
    return true;
  };

  const passValue = (): void => {
    const kind = open.at(-1);
    if (kind === undefined) state = 'complete';
    else expected = kind === 'object' ? 'a comma or }' : 'a comma or ]';
  };

  const openContainer = (kind: 'object' | 'array'): true => {
    builder.open(kind);
    open.push(kind);
    expected = kind === 'object' ? 'a key or }' : 'a value or ]';
    return true;
  };

  const closeContainer = (): true => {
    isEmpty = false;
    builder.close();
    open.pop();
    passValue();
    return true;
  };

  const openToken = (opened: JsonToken, as: typeof role, first: string): true => {
    isEmpty = false;
    token = opened;
    token.open(first);
    role = as;
    if (role === 'string') builder.string('');
    return true;
  };

  const closeToken = (value: JsonScalar): void => {
    token = null;
    if (role === 'key') {
      builder.key(String(value));
      expected = 'a colon';
    } else {
      builder.scalar(value);
      passValue();
    }
  };

  const readToken = (reading: JsonToken, piece: string, from: number): number => {
    const at = reading.read(piece, from);
    if (role === 'string') builder.string(String(reading.value()));
    const wrong = reading.fault();
    if (wrong !== null) reject(wrong);
    else if (reading.isWhole()) closeToken(reading.value());
    return at;
  };

  /** Whether a character may begin a value, which it then does. */
  const openValue = (char: string): boolean => {
    switch (char) {
      case '{':
        return openContainer('object');
      case '[':
        return openContainer('array');
      case '"':
        return openToken(string, 'string', char);
      case 't':
      case 'f':
      case 'n':
        return openToken(word, 'scalar', char);
      default:
        return beginsNumber(char) && openToken(number, 'scalar', char);
    }
  };

  /** Whether a character may stand where no token is open, which it then does. */
  const take = (char: string): boolean => {
    if (isBlank(char)) return true;
    if (char === '}' || char === ']') return expected.endsWith(char) && closeContainer();
    switch (expected) {
      case 'a key':
      case 'a key or }':
        return char === '"' && openToken(string, 'key', char);
      case 'a colon':
        return char === ':' && expect('a value');
      case 'a comma or }':
        return char === ',' && expect('a key');
      case 'a comma or ]':
        return char === ',' && expect('a value');
      case 'a value':
      case 'a value or ]':
        return openValue(char);
    }
  };

  return {
    scan: (piece, from) => {
      let at = from;
      while (at < piece.length && state === 'open') {
        if (token !== null) at = readToken(token, piece, at);
        else if (take(piece.charAt(at))) at += 1;
        else reject(`Expected ${expected}`);
      }
      return at;
    },
    end: () => {
      // A number in a container that is cut off may be half a number.
      if (open.length === 0) token?.end();
      if (token?.isWhole()) closeToken(token.value());
      if (state === 'open') reject('The text ends too early');
    },
    state: () => state,
    fault: () => fault,
    depth: () => open.length,
    isEmpty: () => isEmpty,
  };
}

/** The white space of JSON, and no other. */
export const isBlank = (char: string): boolean =>
  char === ' ' || char === '\n' || char === '\r' || char === '\t';

/** What may come where no token is open, as errors say it. */
type Expected =
  'a value' | 'a value or ]' | 'a key' | 'a key or }' | 'a colon' | 'a comma or ]' | 'a comma or }';
