import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import {
  call,
  type Call,
  type CallOptions,
  type Prompt,
  type Provider,
  type ToolDefinition,
} from '../../lib/index.ts';
import { completionChunks } from './events.ts';
import { openaiClient } from './openai-client.ts';
import type { OpenAIWire } from './openai-wire.ts';
import { chatCompletions } from './provider.ts';

/** A service of the Chat Completions wire, reached through OpenAI's SDK. */
export interface Service<Options = ClientOptions> {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<OpenAIWire<Options>>;

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
    options: string | CallOptions<OpenAIWire<Options>, Tools>,
    prompt: Prompt<Args, OpenAIWire<Options>>,
  ): Call<Args, OpenAIWire<Options>, Tools>;
}

/** What one service does its own way. */
export interface ServiceTraits<Options> {
  /** The options to make a client with, from those of the caller. Default: the caller's. */
  readonly clientOptions: (options: Options | undefined) => ClientOptions;
  /** For endpoints that never say that they have finished: the end of the body is taken for the end. */
  readonly endOfBodyIsEnd?: boolean;
}

/** A service under a name. */
export function service<Options>(
  name: string,
  { clientOptions, endOfBodyIsEnd = false }: ServiceTraits<Options>,
): Service<Options> {
  const provider = chatCompletions<OpenAIWire<Options>>(name, {
    connect: (connection) => openaiClient(name, connection, clientOptions),
    secrets: ({ apiKey }, { requestOptions }) => [
      apiKey ?? '',
      ...Object.values(requestOptions?.headers ?? {}).map(String),
    ],
    open: (client, request, { clientOptions: given, requestOptions }) =>
      completionChunks({
        provider: name,
        client,
        request,
        // Retries of a client made here are its options'; those of a caller's client are off.
        requestOptions: { maxRetries: retriesOf(given), ...requestOptions },
        endOfBodyIsEnd,
        sdkError: (error, headers) => {
          // The caller's client knows its own SDK's classes: `instanceof` holds whichever copy it is from.
          const { APIError } = client.constructor as typeof OpenAI;
          return new APIError(undefined, error, undefined, headers);
        },
      }),
  });
  return { provider, call: (options, prompt) => call(provider, options, prompt) };
}

const retriesOf = (clientOptions: unknown): number =>
  (clientOptions as ClientOptions | undefined)?.maxRetries ?? 0;
