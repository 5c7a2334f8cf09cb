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
import { mistralClient, secretsOf } from './client.ts';
import { commonFinishReason, decodeChunk } from './decode.ts';
import { encodeCall, encodeToolOutputs } from './encode.ts';
import { completionChunks } from './events.ts';
import { describeFailure } from './failure.ts';
import { messageParam } from './message-param.ts';
import { completion } from './response.ts';
import { toolCallOf } from './tool-call.ts';
import type { MistralWire } from './wire.ts';

export type { MistralConnection, MistralParams, MistralWire } from './wire.ts';

/** A chunk of a Mistral stream. */
export type MistralChunk = Chunk<MistralWire>;

/** The response of a Mistral call. */
export type MistralResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  MistralWire,
  Tools
>;

/** Options of a Mistral call. */
export type MistralCallOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = CallOptions<MistralWire, Tools>;

const provider: Provider<MistralWire> = {
  name: 'mistral',
  encode: encodeCall,
  connect: mistralClient,
  secrets: secretsOf,
  open: completionChunks,
  decode: decodeChunk,
  commonFinishReason,
  response: completion,
  messageParam,
  toolCall: toolCallOf,
  toolMessageParams: encodeToolOutputs,
  describe: describeFailure,
};

/** What `rx-llm/mistral` offers. */
export interface MistralProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<MistralWire>;

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
   * const recommendBook = mistral.call('mistral-small-latest', (genre: string) => `Recommend a ${genre} book`);
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
    options: string | MistralCallOptions<Tools>,
    prompt: Prompt<Args, MistralWire>,
  ): Call<Args, MistralWire, Tools>;
}

/**
 * Mistral, through the official SDK (`npm install @mistralai/mistralai`, version 2). Without a client the
 * SDK makes one from its environment: `MISTRAL_API_KEY`.
 */
export const mistral: MistralProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
