import type { MonoTypeOperatorFunction } from 'rxjs';
import { textUnits, type UnitRule } from './text-units.ts';

/** Options of {@link lines}. */
export interface LinesOptions {
  /** A line that has so many characters and no end is cut there. Default `Infinity`. */
  readonly maxLength?: number;
}

/**
 * Regroups pieces of a text into its lines, each with its line end.
 *
 * ```
 * source     --"one\nt"--"wo\r\nthr"--"ee"--|
 * lines()
 * result     --"one\n"---"two\r\n"----------("three"|)
 * ```
 *
 * Subscribes when subscribed to; emits a line with the `\n` that ends it, so `\r\n` stays whole; what
 * follows the last one comes before the source's completion or error, cut off as it may be then.
 * Unsubscribing unsubscribes from the source and drops it.
 *
 * Lossless: joined, the lines are the text, and they are the same whatever pieces it comes in. Holds the
 * line that has not ended. A piece costs the same however long that is.
 *
 * @example
 * ```ts
 * ask('Ten cities, one a line').pipe(
 *   textDeltas(),
 *   lines(),
 *   map((line) => line.trim()),
 * );
 * ```
 * @param options `maxLength` in characters (UTF-16 units), default `Infinity`
 * @throws {RangeError} when `maxLength` is not a whole number from 2, and not `Infinity`
 */
export const lines = ({
  maxLength = Infinity,
}: LinesOptions = {}): MonoTypeOperatorFunction<string> =>
  textUnits('lines', endedByNewline, maxLength);

const endedByNewline: UnitRule = {
  decided: ({ length }) => length,
  *ends(text) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) yield at + 1;
  },
};
