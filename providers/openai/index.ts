import type OpenAI from 'openai';
import {
  call,
  type Call,
  type CallOptions,
  type CallResponse,
  type Chunk,
  type Prompt,
  type Provider,
  type ToolDefinition,
} from '../../lib/index.ts';
import { completionChunks } from '../chat-completions/events.ts';
import { chatCompletions } from '../chat-completions/provider.ts';
import type { ChatCompletionsWire } from '../chat-completions/wire.ts';
import { openaiClient, type OpenAIConnection } from './client.ts';

export type { OpenAIConnection } from './client.ts';

/** The types OpenAI's Chat Completions speaks. */
export interface OpenAIWire extends ChatCompletionsWire {
  client: OpenAI;
  connection: OpenAIConnection;
}

/** A chunk of an OpenAI stream. */
export type OpenAIChunk = Chunk<OpenAIWire>;

/** The response of an OpenAI call. */
export type OpenAIResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  OpenAIWire,
  Tools
>;

/** Options of an OpenAI call. */
export type OpenAICallOptions<Tools extends readonly ToolDefinition[] = readonly ToolDefinition[]> =
  CallOptions<OpenAIWire, Tools>;

const provider: Provider<OpenAIWire> = chatCompletions('openai', {
  connect: (connection) => openaiClient('openai', connection),
  secrets: ({ apiKey }) => (apiKey ? [apiKey] : []),
  open: (client, request, { requestOptions = {} }) =>
    completionChunks('openai', client, request, requestOptions, (error, headers) => {
      // The caller's client knows its own SDK's classes: `instanceof` holds whichever copy it came from.
      const { APIError } = client.constructor as typeof OpenAI;
      return new APIError(undefined, error, undefined, headers);
    }),
});

/** What `rx-llm/openai` offers. */
export interface OpenAIProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<OpenAIWire>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request.
   * Emits one tuple per event. Completes after a finish reason (or `[DONE]`), errors otherwise with a
   * `StreamError` that carries what had arrived. Unsubscribing closes the connection.
   *
   * @example
   * ```ts
   * const recommendBook = openai.call('gpt-4o-mini', (genre: string) => `Recommend a ${genre} book`);
   * recommendBook('fantasy').subscribe(([chunk]) => process.stdout.write(chunk.content));
   * ```
   * @param options a model name, or the model with tools, the SDK's parameters, a client, …
   * @param prompt what to ask: gives a string, parts or messages, now or later
   * @throws {TypeError} when the model is missing or two tools share a name
   */
  call<
    Args extends readonly unknown[],
    const Tools extends readonly ToolDefinition[] = readonly [],
  >(
    options: string | OpenAICallOptions<Tools>,
    prompt: Prompt<Args, OpenAIWire>,
  ): Call<Args, OpenAIWire, Tools>;
}

/** OpenAI over Chat Completions, through the official SDK (`npm install openai`, version 6 or 7). */
export const openai: OpenAIProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
