import { call, type Call } from './call.ts';
import type { CallOptions } from './call-options.ts';
import type { IsCommon, Prompt, PromptContent, PromptTools } from './prompt.ts';
import type { Provider } from './provider.ts';
import type { ResponseModelOf, ResponseSchema } from './response-model.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/** What a provider's entry point offers. */
export interface Caller<W extends Wire> {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<W>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request.
   * Emits one tuple per event. Completes when the provider has finished and said so, errors otherwise
   * with a `StreamError` that carries what had arrived. Unsubscribing closes the connection.
   *
   * @example
   * ```ts
   * const recommendBook = openai.call('gpt-4o-mini', (genre: string) => `Recommend a ${genre} book`);
   * recommendBook('fantasy').subscribe(([chunk]) => process.stdout.write(chunk.content));
   * ```
   * @param options a model name, or the model with tools, parameters, a response model, a client, …
   * @param prompt what to ask: gives a string, parts or messages, with settings for this call if it likes,
   * now or later
   * @throws {TypeError} when the model is missing, two tools share a name, or the response model cannot be
   * printed as JSON Schema
   */
  call<
    Args extends readonly unknown[],
    Content extends PromptContent<W>,
    const Tools extends readonly ToolDefinition[] = readonly [],
    Schema extends ResponseSchema = never,
    Partials extends boolean = false,
  >(
    options: string | CallOptions<W, Tools, Schema, Partials>,
    prompt: Prompt<Args, W, Content>,
  ): Call<
    Args,
    W,
    Tools[number] | PromptTools<Content>,
    ResponseModelOf<Schema>,
    Partials,
    IsCommon<Content>
  >;
}

/** A provider, ready to be called. */
export const caller = <W extends Wire>(provider: Provider<W>): Caller<W> => ({
  provider,
  call: (options, prompt) => call(provider, options, prompt),
});
