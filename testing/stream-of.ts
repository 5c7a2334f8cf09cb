import type { Observable } from 'rxjs';
import type { StreamTuple, ToolDefinition } from '../lib/index.ts';
import type { Script } from './script.ts';
import { scriptedProvider, type ScriptedProviderOptions } from './scripted-provider.ts';
import type { ScriptedWire } from './wire.ts';

/** Options of {@link streamOf}. */
export interface StreamOfOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> extends ScriptedProviderOptions {
  /** Tools the model may call. */
  readonly tools?: Tools;
}

/**
 * The stream of a call that answers with a script: for code that takes a stream, and for operators.
 *
 * ```
 * cold      --a--b--|    { a: 'He', b: 'llo' }
 * streamOf(cold)
 * result    --[chunk, null]--[chunk, null]--|
 * ```
 *
 * Cold, each subscription a call of its own; subscribes to an Observable as script when subscribed to.
 * Ends truthfully: `toCallResponse()` is whole when the script finished, and `interrupted` when
 * something in the pipe left it early.
 *
 * @example
 * ```ts
 * const source = streamOf(cold('a-b-c|', { a: 'one ', b: 'END', c: ' two' }));
 * const result = source.pipe(takeUntilContains('END'), contents());
 * expectObservable(result).toBe('a-(b|)', { a: 'one ', b: 'END' });
 * ```
 */
export function streamOf<const Tools extends readonly ToolDefinition[] = readonly []>(
  script: Script,
  { tools, ...options }: StreamOfOptions<Tools> = {},
): Observable<StreamTuple<ScriptedWire, Tools[number]>> {
  const llm = scriptedProvider(script, options);
  return llm.call({ model: 'scripted-model', ...(tools && { tools }) }, () => 'scripted prompt')();
}
