import {
  caller,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
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
import { responseModes } from './response-modes.ts';
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
  responseModes,
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

/**
 * Mistral, through the official SDK (`npm install @mistralai/mistralai`, version 2). Without a client the
 * SDK makes one from its environment: `MISTRAL_API_KEY`.
 *
 * Takes all common parameters, and text, images, documents and, with Voxtral, sound. `cacheControl` is
 * refused: Mistral caches under `callParams.promptCacheKey`.
 *
 * Answers in the shape of a `responseModel` by mode `native`, `tool` or `json`, beside tools by `tool` only.
 */
export const mistral: Caller<MistralWire> = caller(provider);
