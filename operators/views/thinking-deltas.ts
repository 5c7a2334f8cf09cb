import { filter, map, pipe, type OperatorFunction } from 'rxjs';

/**
 * The reasoning of a stream, piece by piece; tuples without any are left out.
 *
 * ```
 * source              --(thinks "Hm")--(says "Hello")--(thinks ", and")--|
 * thinkingDeltas()
 * result              --"Hm"---------------------------", and"-----------|
 * ```
 *
 * Subscribes when subscribed to; emits the `thinking` of every chunk that has some; completes and errors
 * with the source; unsubscribing unsubscribes from it. Keeps nothing.
 *
 * Invariant: joined, the pieces are the thinking of the stream.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(thinkingDeltas()).subscribe((text) => process.stderr.write(text));
 * ```
 */
export const thinkingDeltas = (): OperatorFunction<
  readonly [chunk: { readonly thinking: string }, tool: unknown],
  string
> =>
  pipe(
    map(([{ thinking }]) => thinking),
    filter((thinking) => thinking !== ''),
  );
