import { filter, pipe, type OperatorFunction } from 'rxjs';
import type { ResponseModel, StreamTuple, Tool, ToolDefinition, Wire } from '../../lib/index.ts';
import { tools } from './tools.ts';

/**
 * The tool calls of a stream that may run: complete, and their arguments have passed the schema.
 *
 * ```
 * source          --["", valid]--["", invalid]--["", valid]--|
 * validTools()
 * result          --valid-----------------------valid--------|
 * ```
 *
 * Subscribes when subscribed to; emits a tool as soon as it is complete; completes and errors with the
 * source; unsubscribing unsubscribes from it. Keeps nothing. Leaves out without a word what must not run
 * (unknown, cut off, invalid): make the call with `invalidTools: 'error'` where that is to be an error.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(
 *   validTools(),
 *   mergeMap((tool) => tool.call()),
 * );
 * ```
 * @see {@link tools} for all of them
 */
export function validTools<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(): OperatorFunction<
  StreamTuple<W, D, Model, Partials>,
  Extract<Tool<D, W>, { readonly error: null }>
> {
  return pipe(
    tools<W, D, Model, Partials>(),
    filter((tool): tool is Extract<Tool<D, W>, { readonly error: null }> => tool.error === null),
  );
}
