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
import { cohereSender } from './client.ts';
import { commonFinishReason, decodeEvent } from './decode.ts';
import { encodeCall } from './encode.ts';
import { chatEvents } from './events.ts';
import { describeFailure } from './failure.ts';
import { messageParam } from './message-param.ts';
import { chatResponse } from './response.ts';
import { toolCallOf } from './tool-call.ts';
import { toolMessageParams } from './tool-result.ts';
import type { CohereWire } from './wire.ts';

export type {
  ChatEvent,
  ChatParams,
  ChatUsage,
  ClientOptions,
  CohereConnection,
  CohereSender,
  CohereWire,
  FailureFacts,
  RequestOptions,
} from './wire.ts';

/** A chunk of a Cohere stream. */
export type CohereChunk = Chunk<CohereWire>;

/** The response of a Cohere call. */
export type CohereResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  CohereWire,
  Tools
>;

/** Options of a Cohere call. */
export type CohereCallOptions<Tools extends readonly ToolDefinition[] = readonly ToolDefinition[]> =
  CallOptions<CohereWire, Tools>;

const provider: Provider<CohereWire> = {
  name: 'cohere',
  encode: encodeCall,
  connect: cohereSender,
  secrets: ({ secrets }) => secrets,
  open: chatEvents,
  decode: decodeEvent,
  commonFinishReason,
  response: chatResponse,
  messageParam,
  toolCall: toolCallOf,
  toolMessageParams,
  describe: describeFailure,
};

/** What `rx-llm/cohere` offers. */
export interface CohereProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<CohereWire>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request.
   * Emits one tuple per event. A tool call comes with its `tool-call-end`. Completes after `message-end`,
   * errors otherwise, and when that says that the answer failed, with a `StreamError` that carries what
   * had arrived. Unsubscribing closes the connection.
   *
   * The plan a model makes before it calls tools is no text: it is in the events (`tool-plan-delta`) and
   * in `response.message.toolPlan`, and goes back with `messageParam`.
   *
   * @example
   * ```ts
   * const recommendBook = cohere.call('command-a-03-2025', (genre: string) => `Recommend a ${genre} book`);
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
    options: string | CohereCallOptions<Tools>,
    prompt: Prompt<Args, CohereWire>,
  ): Call<Args, CohereWire, Tools>;
}

/**
 * Cohere's v2 chat, through the official SDK (`npm install cohere-ai`, version 8). Without a client the
 * SDK makes one from its environment: `CO_API_KEY`.
 */
export const cohere: CohereProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
