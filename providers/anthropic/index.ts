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
import { responseModes } from './response-modes.ts';
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
  responseModes,
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
 * API needs `max_tokens`: 4096, beside a thinking budget, unless `commonParams` or `callParams` say otherwise.
 *
 * Of the common parameters it has `maxTokens`, `stop` and `toolChoice`. The others are refused with
 * `unsupported`: penalties and `seed` it never had, `temperature` and `topP` are gone since version 2026-10-21.
 * Where a server or an older version still takes them, they are parameters of one's own, behind a cast:
 * `callParams: { temperature: 0 } as MessageParams`, with
 * `requestOptions: { headers: { 'anthropic-version': '2023-06-01' } }`.
 *
 * Answers in the shape of a schema come by structured outputs (`native`), from models before Claude 4.5 as
 * the arguments of a tool (`tool`). Structured outputs and strict tools know no limits (`minimum`, `maxLength`,
 * `maxItems`, …): such words are told to the model in the description instead, and the value is validated against
 * them all the same. Open objects and recursion they refuse; say `mode: 'tool'` for those, and for a server that
 * only imitates the API. The call of the tool is then forced, which is refused while a model thinks to a budget,
 * and at all times by Opus 5.5, Sonnet 5.5 and Fable and Mythos from 5.1 on: say `toolChoice: 'auto'` there. There
 * is no mode `json`.
 *
 * Parts and tools with `cacheControl` are marked with `cache_control`. Audio is refused; documents are PDF, by
 * data or URL, and text, by data. The data may stand in a `data:` URL.
 */
export const anthropic: Caller<AnthropicWire> = caller(provider);
