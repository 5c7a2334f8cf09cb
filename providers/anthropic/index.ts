import {
  caller,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
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

/**
 * Anthropic's Messages API, through the official SDK (`npm install @anthropic-ai/sdk`, version 1).
 * Without a client the SDK makes one from its environment: `ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL`, …
 *
 * Completes after `message_stop`. Pings are no events; a tool call comes with the stop of its block. The
 * API needs `max_tokens`: 4096, beside a thinking budget, unless `callParams` say otherwise.
 */
export const anthropic: Caller<AnthropicWire> = caller(provider);
