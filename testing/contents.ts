import { map, type OperatorFunction } from 'rxjs';

/** What has a text: a tuple by its chunk, a response by itself. */
export type Contentful =
  { readonly content: string } | readonly [chunk: { readonly content: string }, tool: unknown];

/**
 * The text of every tuple, or of every response: plain values to compare a stream by.
 *
 * ```
 * source        --[chunk, null]--[chunk, tool]--|
 * contents()
 * result        --"Hello"--------""-------------|
 * ```
 *
 * Subscribes when subscribed to; emits once per tuple or response; completes and errors with the
 * source; unsubscribing unsubscribes from it.
 *
 * @example
 * ```ts
 * expectObservable(ask('Oslo').pipe(contents())).toBe('a-(b|)', { a: 'Hello', b: '' });
 * ```
 */
export const contents = (): OperatorFunction<Contentful, string> =>
  map((item) => ('content' in item ? item.content : item[0].content));
