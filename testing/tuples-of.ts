import { noop, Subject } from 'rxjs';
import type { StreamTuple, ToolDefinition } from '../lib/index.ts';
import { streamOf } from './stream-of.ts';
import type { ScriptedEvent, ScriptedWire } from './wire.ts';

/** Options of {@link tuplesOf} and {@link tupleOf}. */
export interface TuplesOfOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> {
  /** Tools the model may call. */
  readonly tools?: Tools;
  /**
   * Whether the call has ended truthfully: with `true` a response of these tuples is whole where the last
   * piece of the answer is among them, with `false` it is `interrupted`. Default `true`.
   */
  readonly ended?: boolean;
}

/**
 * Tuples of one call, under the names of their events: values for a marble of tuples. In the order of
 * the names they are a stream, so pieces of a tool call add up to a tool.
 *
 * Tuples do not know the marble they are put in: how it ends is up to `ended`. {@link streamOf} makes a
 * stream of a marble of events that does know.
 *
 * @example
 * ```ts
 * const source = cold('-a-b-|', tuplesOf({ a: 'Hello', b: ' world' }));
 * expectObservable(source.pipe(accumulate(), contents())).toBe('-a-b-|', {
 *   a: 'Hello',
 *   b: 'Hello world',
 * });
 * ```
 * @throws {TypeError} when an event finishes several tool calls: that takes several tuples
 */
export function tuplesOf<
  Name extends string,
  const Tools extends readonly ToolDefinition[] = readonly [],
>(
  events: { readonly [Key in Name]: string | ScriptedEvent },
  { tools, ended = true }: TuplesOfOptions<Tools> = {},
): Record<Name, StreamTuple<ScriptedWire, Tools[number]>> {
  const source = new Subject<string | ScriptedEvent>();
  const arrived: StreamTuple<ScriptedWire, Tools[number]>[] = [];
  const subscription = streamOf(source, tools && { tools })
    // A stream without any event is an error; a record without any is not.
    .subscribe({ next: (tuple) => arrived.push(tuple), error: noop });
  const entries = Object.entries<string | ScriptedEvent>(events).map(([name, event]) => {
    arrived.length = 0;
    source.next(event);
    const [tuple] = arrived;
    if (arrived.length > 1) {
      throw new TypeError(`Event "${name}" finishes several tool calls; give each its own event.`);
    }
    return [name, tuple] as const;
  });
  if (ended) source.complete();
  subscription.unsubscribe();
  // Object.fromEntries forgets the names, which are those of the events.
  return Object.fromEntries(entries) as Record<Name, StreamTuple<ScriptedWire, Tools[number]>>;
}

/**
 * One tuple, of a call of its own: for code that takes a single one.
 *
 * @example
 * ```ts
 * expect(render(tupleOf('Hello'))).toBe('<p>Hello</p>');
 * ```
 */
export function tupleOf<const Tools extends readonly ToolDefinition[] = readonly []>(
  event: string | ScriptedEvent,
  options: TuplesOfOptions<Tools> = {},
): StreamTuple<ScriptedWire, Tools[number]> {
  return tuplesOf({ event }, options).event;
}
