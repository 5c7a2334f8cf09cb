import { filter, map, pipe, type OperatorFunction } from 'rxjs';

/**
 * The text of a stream, piece by piece; tuples without text are left out.
 *
 * ```
 * source          --["He", null]--["", tool]--["llo", null]--|
 * textDeltas()
 * result          --"He"----------------------"llo"----------|
 * ```
 *
 * Subscribes when subscribed to; emits the `content` of every chunk that has some; completes and errors
 * with the source; unsubscribing unsubscribes from it. Keeps nothing.
 *
 * Invariant: joined, the pieces are the text of the stream.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(textDeltas()).subscribe((text) => process.stdout.write(text));
 * ```
 * @see {@link parts} for the text before and after a tool call apart
 */
export const textDeltas = (): OperatorFunction<
  readonly [chunk: { readonly content: string }, tool: unknown],
  string
> =>
  pipe(
    map(([{ content }]) => content),
    filter((content) => content !== ''),
  );
