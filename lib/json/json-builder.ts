import type { JsonScalar } from './json-token.ts';

/** Makes values of the parts of a JSON text, which it is told in their order. */
export interface JsonBuilder {
  /** An object or an array begins. */
  open(kind: 'object' | 'array'): void;
  /** The innermost object or array that is open ends. */
  close(): void;
  /** The key of the value that comes next. */
  key(key: string): void;
  /** A string as far as it has come, from `''` on. Whole, it comes as a `scalar`. */
  string(soFar: string): void;
  scalar(value: JsonScalar): void;
  /** The value so far, `undefined` until there is one. */
  value(): unknown;
  /** Whether an array has begun whose elements are handed on. */
  found(): boolean;
}
