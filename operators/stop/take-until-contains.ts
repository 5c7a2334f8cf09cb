import {
  catchError,
  concat,
  concatWith,
  defer,
  EMPTY,
  map,
  of,
  takeWhile,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { continuationOf } from '../../lib/chunk.ts';
import type { ResponseModel, StreamTuple, ToolDefinition, Wire } from '../../lib/index.ts';
import { textPattern } from './text-pattern.ts';

/** Options of {@link takeUntilContains}. */
export interface TakeUntilContainsOptions {
  /** Whether the text that matched is part of the result. Default `true`. */
  readonly include?: boolean;
  /** The most characters a match of a RegExp can have. Default 100. Strings know their own length. */
  readonly maxLength?: number;
}

/**
 * Passes tuples on until the text contains a pattern, then completes and aborts the request.
 *
 * ```
 * source                                   --"one E"--"ND two"--"three"--|
 * takeUntilContains('END')
 * result                                   --"one E"--("ND"|)
 *
 * source                                   --"one E"--"ND two"--"three"--|
 * takeUntilContains('END', { include: false })
 * result                                   --"one "---(""|)
 * ```
 *
 * A match may lie across any number of chunks and is found the moment it is complete, whatever pieces
 * the text comes in: of several strings, and of a RegExp, the match that ends first. The last chunk is
 * cut exactly at the match's end (`include: true`), or at its start (`include: false`): then the
 * beginnings of possible matches are held back, and come with the next chunk when they were none, or on
 * a continuation before the stream completes or errors. Tuples keep their order; only `content` changes.
 *
 * Subscribes when subscribed to; completes at the match, or with the source; errors with the source;
 * unsubscribing unsubscribes from it. Costs the same per chunk however long the text is. A RegExp sees
 * the text that has arrived, so `$`, `\b` and lookahead take the end of a chunk for the end of the text,
 * and with `include: false` it holds back `maxLength - 1` characters.
 *
 * @example
 * ```ts
 * tell('a story').pipe(takeUntilContains('THE END'), toCallResponse()); // interrupted: true
 * ```
 * @param pattern a string, several, or a RegExp
 * @throws {TypeError} when the pattern is empty or matches the empty text, or `maxLength` is below 1
 */
export function takeUntilContains<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  pattern: string | readonly string[] | RegExp,
  { include = true, maxLength = 100 }: TakeUntilContainsOptions = {},
): MonoTypeOperatorFunction<StreamTuple<W, D, Model, Partials>> {
  type Tuple = StreamTuple<W, D, Model, Partials>;
  const searched = textPattern(pattern, maxLength);
  return (source) =>
    defer(() => {
      /** The end of the text so far, as long as a match can reach back, and one character to look behind. */
      let behind = '';
      /** The end of `behind` that was not emitted. */
      let held = '';
      let matched = false;
      let last = null as Tuple | null;

      const advance = (tuple: Tuple): Tuple => {
        last = tuple;
        const [chunk, tool] = tuple;
        if (chunk.content === '') return tuple;
        const text = behind + chunk.content;
        const emitted = behind.length - held.length;
        const match = searched.find(text, Math.max(0, behind.length - searched.maxLength));
        matched = match !== null;
        const open = include || match !== null ? 0 : searched.openLength(text.slice(emitted));
        const end = match === null ? text.length - open : include ? match.end : match.start;
        const content = text.slice(emitted, Math.max(emitted, end));
        held = match === null ? text.slice(end) : '';
        behind = tail(text, searched.maxLength + 1);
        return content === chunk.content ? tuple : [{ ...chunk, content }, tool];
      };

      const release = (): Observable<Tuple> =>
        last === null || held === ''
          ? EMPTY
          : of<Tuple>([{ ...continuationOf(last[0]), content: held }, null]);

      return source.pipe(
        map(advance),
        takeWhile(() => !matched, true),
        catchError((error: unknown) =>
          concat(
            release(),
            throwError(() => error),
          ),
        ),
        concatWith(defer(release)),
      );
    });
}

/** The last characters of a text, a pair of surrogates kept together. */
function tail(text: string, length: number): string {
  const start = Math.max(0, text.length - length);
  const splitsPair = start > 0 && /[\uDC00-\uDFFF]/.test(text.charAt(start));
  return text.slice(splitsPair ? start - 1 : start);
}
