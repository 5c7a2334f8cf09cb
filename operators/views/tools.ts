import { filter, map, pipe, type OperatorFunction } from 'rxjs';
import type { ResponseModel, StreamTuple, Tool, ToolDefinition, Wire } from '../../lib/index.ts';

/**
 * The complete tool calls of a stream, those that must not run included; partial ones are left out.
 *
 * ```
 * source     --["Hm", null]--["", piece]--["", tool]--|
 * tools()
 * result     -----------------------------tool--------|
 * ```
 *
 * Subscribes when subscribed to; emits a tool as soon as it is complete; completes and errors with the
 * source; unsubscribing unsubscribes from it. Keeps nothing.
 *
 * Invariant: of a stream that completes they are the `tools` of its response, in order.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(
 *   tools(),
 *   mergeMap((tool) => (tool.error ? of(tool.error.message) : tool.call())),
 * );
 * ```
 * @see {@link validTools} for those that may run only, {@link runTools} to tell the model what they gave
 */
export function tools<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(): OperatorFunction<StreamTuple<W, D, Model, Partials>, Tool<D, W>> {
  return pipe(
    map(([, tool]) => tool),
    filter((tool): tool is Tool<D, W> => tool?.delta === null),
  );
}
