import type Groq from 'groq-sdk';
import {
  call,
  mapItems,
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
import { groqClient } from './client.ts';
import { withUsage } from './usage.ts';
import type { GroqWire } from './wire.ts';

export type { GroqConnection, GroqWire } from './wire.ts';

/** A chunk of a Groq stream. */
export type GroqChunk = Chunk<GroqWire>;

/** The response of a Groq call. */
export type GroqResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  GroqWire,
  Tools
>;

/** Options of a Groq call. */
export type GroqCallOptions<Tools extends readonly ToolDefinition[] = readonly ToolDefinition[]> =
  CallOptions<GroqWire, Tools>;

const wire = chatCompletions<GroqWire>('groq', {
  connect: groqClient,
  secrets: ({ apiKey }) => (apiKey ? [apiKey] : []),
  open: (client, request, { clientOptions, requestOptions }) =>
    completionChunks<GroqWire['event']>({
      provider: 'groq',
      client,
      request,
      requestOptions: { maxRetries: clientOptions?.maxRetries ?? 0, ...requestOptions },
      errorIn: (event) => (event as { error?: unknown }).error ?? event.x_groq?.error,
      sdkError: (error, headers) => {
        // The caller's client knows its own SDK's classes: `instanceof` holds whichever copy it is from.
        const { APIError } = client.constructor as typeof Groq;
        return new APIError(undefined, error, undefined, headers);
      },
    }),
});

const provider: Provider<GroqWire> = {
  ...wire,
  encode: (input) => {
    const { request, messages } = wire.encode(input);
    return { request: withoutStreamOptions(request), messages };
  },
  decode: (event, request) => wire.decode(withUsage(event), request),
  response: mapItems(wire.response, withUsage),
};

/** Groq reports usage unasked, and its SDK knows no `stream_options`. */
function withoutStreamOptions(request: GroqWire['request']): GroqWire['request'] {
  const { stream_options: _unasked, ...rest } = request as GroqWire['request'] & {
    readonly stream_options?: unknown;
  };
  return rest;
}

/** What `rx-llm/groq` offers. */
export interface GroqProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<GroqWire>;

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
   * @param options a model name, or the model with tools, the SDK's parameters, a client, …
   * @param prompt what to ask: gives a string, parts or messages, now or later
   * @throws {TypeError} when the model is missing or two tools share a name
   */
  call<
    Args extends readonly unknown[],
    const Tools extends readonly ToolDefinition[] = readonly [],
  >(
    options: string | GroqCallOptions<Tools>,
    prompt: Prompt<Args, GroqWire>,
  ): Call<Args, GroqWire, Tools>;
}

/**
 * Groq, through the official SDK (`npm install groq-sdk`). Without a client the SDK makes one from its
 * environment: `GROQ_API_KEY`, `GROQ_BASE_URL`.
 */
export const groq: GroqProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
