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
import { googleClient, secretsOf } from './client.ts';
import { commonFinishReason, decodeEvent } from './decode.ts';
import { encodeCall } from './encode.ts';
import { contentEvents } from './events.ts';
import { describeFailure } from './failure.ts';
import { functionCallOf } from './function-call.ts';
import { messageParam } from './message-param.ts';
import { generatedContent } from './response.ts';
import { toolMessageParams } from './tool-result.ts';
import type { GoogleWire } from './wire.ts';

export type { GoogleConnection } from './client.ts';
export type { GoogleParams, GoogleRequest, GoogleWire } from './wire.ts';

/** A chunk of a Gemini stream. */
export type GoogleChunk = Chunk<GoogleWire>;

/** The response of a Gemini call. */
export type GoogleResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  GoogleWire,
  Tools
>;

/** Options of a Gemini call. */
export type GoogleCallOptions<Tools extends readonly ToolDefinition[] = readonly ToolDefinition[]> =
  CallOptions<GoogleWire, Tools>;

const name = 'google';

const provider: Provider<GoogleWire> = {
  name,
  encode: encodeCall,
  connect: (connection) => googleClient(name, connection),
  secrets: secretsOf,
  open: (client, request) => contentEvents(name, client, request),
  decode: decodeEvent,
  commonFinishReason,
  response: generatedContent,
  messageParam,
  toolCall: functionCallOf,
  toolMessageParams,
  describe: describeFailure,
};

/** What `rx-llm/google` offers. */
export interface GoogleProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<GoogleWire>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request (an
   * answer that goes beyond the limit of one request is continued by the SDK, unless
   * `callParams.automaticContinuation` is `false`). Emits one tuple per event. Completes when the
   * connection ends after a finish reason, or `usageWait` later; a blocked prompt completes as well, with
   * `content_filter` for its reason. Errors otherwise with a `StreamError` that carries what had arrived.
   * Unsubscribing closes the connection.
   *
   * @example
   * ```ts
   * const recommendBook = google.call('gemini-2.5-flash', (genre: string) => `Recommend a ${genre} book`);
   * recommendBook('fantasy').subscribe(([chunk]) => process.stdout.write(chunk.content));
   * ```
   * @example On Vertex AI
   * ```ts
   * const client = new GoogleGenAI({ vertexai: true, project: 'my-project', location: 'global' });
   * const ask = google.call({ model: 'gemini-2.5-flash', client }, (question: string) => question);
   * ```
   * @param options a model name, or the model with tools, the SDK's parameters, a client, …
   * @param prompt what to ask: gives a string, parts or messages, now or later
   * @throws {TypeError} when the model is missing or two tools share a name
   */
  call<
    Args extends readonly unknown[],
    const Tools extends readonly ToolDefinition[] = readonly [],
  >(
    options: string | GoogleCallOptions<Tools>,
    prompt: Prompt<Args, GoogleWire>,
  ): Call<Args, GoogleWire, Tools>;
}

/** Gemini, on the Gemini API and on Vertex AI, through the official SDK (`npm install @google/genai`, version 2 or 3). */
export const google: GoogleProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
