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
import { anthropicClient, secretsOf } from './client.ts';
import { commonFinishReason, decodeEvent } from './decode.ts';
import { encodeCall } from './encode.ts';
import { messageEvents } from './events.ts';
import { describeFailure } from './failure.ts';
import { messageParam } from './message-param.ts';
import { message } from './response.ts';
import { toolMessageParams } from './tool-result.ts';
import { toolUseOf } from './tool-use.ts';
import type { AnthropicWire } from './wire.ts';

export type {
  AnthropicConnection,
  AnthropicWire,
  MessageEvent,
  MessageParams,
  MessageUsage,
} from './wire.ts';

/** A chunk of an Anthropic stream. */
export type AnthropicChunk = Chunk<AnthropicWire>;

/** The response of an Anthropic call. */
export type AnthropicResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  AnthropicWire,
  Tools
>;

/** Options of an Anthropic call. */
export type AnthropicCallOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = CallOptions<AnthropicWire, Tools>;

const provider: Provider<AnthropicWire> = {
  name: 'anthropic',
  encode: encodeCall,
  connect: anthropicClient,
  secrets: secretsOf,
  open: messageEvents,
  decode: decodeEvent,
  commonFinishReason,
  response: message,
  messageParam,
  toolCall: toolUseOf,
  toolMessageParams,
  describe: describeFailure,
};

/** What `rx-llm/anthropic` offers. */
export interface AnthropicProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<AnthropicWire>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request.
   * Emits one tuple per event; pings are none. A tool call comes with the stop of its block. Completes
   * after `message_stop`, errors otherwise with a `StreamError` that carries what had arrived.
   * Unsubscribing closes the connection.
   *
   * The API needs `max_tokens`: 4096, beside a thinking budget, unless `callParams` say otherwise.
   *
   * @example
   * ```ts
   * const recommendBook = anthropic.call('claude-sonnet-5', (genre: string) => `Recommend a ${genre} book`);
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
    options: string | AnthropicCallOptions<Tools>,
    prompt: Prompt<Args, AnthropicWire>,
  ): Call<Args, AnthropicWire, Tools>;
}

/**
 * Anthropic's Messages API, through the official SDK (`npm install @anthropic-ai/sdk`, version 1).
 * Without a client the SDK makes one from its environment: `ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL`, …
 */
export const anthropic: AnthropicProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
