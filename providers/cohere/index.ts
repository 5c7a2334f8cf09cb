import {
  caller,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
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
import { responseModes } from './response-modes.ts';
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
  responseModes,
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

/**
 * Cohere's v2 chat, through the official SDK (`npm install cohere-ai`, version 8). Without a client the
 * SDK makes one from its environment: `CO_API_KEY`.
 *
 * Completes after `message-end`; errors when that says that the answer failed. A tool call comes with its
 * `tool-call-end`. The plan a model makes before it calls tools is no text: it is in the events
 * (`tool-plan-delta`) and in `response.message.toolPlan`, and goes back with `messageParam`.
 *
 * Takes all common parameters but one: `toolChoice` can name a tool only where no other is offered. Takes
 * text and images; sound, documents inside a message and `cacheControl` are refused.
 *
 * Answers in the shape of a `responseModel` by mode `native`, `tool` or `json`; beside tools by `tool` only,
 * and never by `tool` with Command R before R7B and Command A Vision, which cannot be made to call one.
 * Natively, every object of the schema must have a required property, and there may be no
 * `callParams.documents`.
 */
export const cohere: Caller<CohereWire> = caller(provider);
