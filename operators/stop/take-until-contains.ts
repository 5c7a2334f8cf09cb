import { defer, takeWhile, type MonoTypeOperatorFunction } from 'rxjs';
import { continuationOf } from '../../lib/chunk.ts';
import type { AnyStreamTuple } from '../../lib/index.ts';
import { regroup, type Regrouping } from '../regroup.ts';
import { textPattern, type TextPattern } from './text-pattern.ts';

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
 * A tuple of another call (after `retry`, in `runTools`) starts anew: what was held comes before it, on a
 * continuation of the call it belongs to, and no match lies across the two. Where the call goes on with the
 * text (`continueOnLength`) a match may, and with `include: false` only what the later call brought of it is
 * left out.
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
export function takeUntilContains<Tuple extends AnyStreamTuple>(
  pattern: string | readonly string[] | RegExp,
  options?: TakeUntilContainsOptions,
): MonoTypeOperatorFunction<Tuple>;
export function takeUntilContains(
  pattern: string | readonly string[] | RegExp,
  { include = true, maxLength = 100 }: TakeUntilContainsOptions = {},
): MonoTypeOperatorFunction<AnyStreamTuple> {
  const searched = textPattern(pattern, maxLength);
  return (source) =>
    defer(() => {
      const search = searching(searched, include);
      return source.pipe(
        regroup(() => search),
        takeWhile(() => !search.hasMatched(), true),
      );
    });
}

/** A search in the tuples of one subscription. */
interface Search extends Regrouping<AnyStreamTuple, AnyStreamTuple> {
  /** Whether the tuple that came out last holds a match. */
  hasMatched(): boolean;
}

function searching(pattern: TextPattern, include: boolean): Search {
  /** The end of the text so far, as long as a match can reach back, and one character to look behind. */
  let behind = '';
  /** The end of `behind` that was not emitted. */
  let held = '';
  let matched = false;
  let last = null as AnyStreamTuple | null;

  function* rest(): Iterable<AnyStreamTuple> {
    if (last === null || held === '') return;
    yield [{ ...continuationOf(last[0]), content: held }, null];
    held = '';
  }

  const advance = (tuple: AnyStreamTuple): AnyStreamTuple => {
    last = tuple;
    const [chunk, tool] = tuple;
    if (chunk.content === '') return tuple;
    const text = behind + chunk.content;
    const emitted = behind.length - held.length;
    const match = pattern.find(text, Math.max(0, behind.length - pattern.maxLength));
    matched = match !== null;
    const open = include || match !== null ? 0 : pattern.openLength(text.slice(emitted));
    const end = match === null ? text.length - open : include ? match.end : match.start;
    const content = text.slice(emitted, Math.max(emitted, end));
    held = match === null ? text.slice(end) : '';
    behind = tail(text, pattern.maxLength + 1);
    // A chunk that is not passed on whole has the place of the one before.
    const isCut = matched || held !== '';
    const position = isCut ? chunk.position - 1 : chunk.position;
    return content === chunk.content && !isCut ? tuple : [{ ...chunk, content, position }, tool];
  };

  /** Takes the first tuple of another call. */
  function* changeCall(tuple: AnyStreamTuple): Iterable<AnyStreamTuple> {
    // Also where the text goes on: a call that does so begins with all the text of the one before.
    yield* rest();
    if (!tuple[0].call.continues) behind = '';
    yield advance(tuple);
  }

  return {
    add: (tuple) => {
      const isOfSameCall = last === null || last[0].call === tuple[0].call;
      return isOfSameCall ? [advance(tuple)] : changeCall(tuple);
    },
    rest,
    hasMatched: () => matched,
  };
}

/** The last characters of a text, a pair of surrogates kept together. */
function tail(text: string, length: number): string {
  const start = Math.max(0, text.length - length);
  const splitsPair = start > 0 && /[\uDC00-\uDFFF]/.test(text.charAt(start));
  return text.slice(splitsPair ? start - 1 : start);
}
