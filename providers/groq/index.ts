import type Groq from 'groq-sdk';
import {
  caller,
  mapItems,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
  type Provider,
  type ToolDefinition,
} from '../../lib/index.ts';
import { completionChunks } from '../chat-completions/events.ts';
import { chatCompletions } from '../chat-completions/provider.ts';
import { groqClient } from './client.ts';
import { dialect } from './dialect.ts';
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

const wire = chatCompletions<GroqWire>(dialect, {
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

/**
 * Groq, through the official SDK (`npm install groq-sdk`). Without a client the SDK makes one from its
 * environment: `GROQ_API_KEY`, `GROQ_BASE_URL`.
 *
 * Of the common parameters `frequencyPenalty` and `presencePenalty` are refused: none of its models has
 * them. Answers of a shape come by `tool`, or by `json` where there are no tools; `native` is not for streams.
 * Parts: text and images; sound and documents are refused, and so is `cacheControl`.
 */
export const groq: Caller<GroqWire> = caller(provider);
