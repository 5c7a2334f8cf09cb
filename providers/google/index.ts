import {
  caller,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
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
import { responseModes } from './response-modes.ts';
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
  responseModes,
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

/**
 * Gemini, on the Gemini API and on Vertex AI, through the official SDK (`npm install @google/genai`,
 * version 2.23 or later, or 3).
 *
 * Completes when the connection ends after a finish reason, or `usageWait` later; a blocked prompt
 * completes as well, with `content_filter` for its reason. An answer that goes beyond the limit of one
 * request is continued by the SDK, unless `callParams.automaticContinuation` is `false`.
 *
 * Takes all common parameters, and text, images, sound and documents. `cacheControl` is refused: Gemini
 * caches by itself, or what `callParams.cachedContent` names.
 *
 * Answers in the shape of a `responseModel` by mode `native`, `tool` or `json`; beside tools a model before
 * Gemini 3 by `tool` only, and Gemma up to 3 by instructions only (`text`).
 *
 * @example On Vertex AI
 * ```ts
 * const client = new GoogleGenAI({ vertexai: true, project: 'my-project', location: 'global' });
 * const ask = google.call({ model: 'gemini-2.5-flash', client }, (question: string) => question);
 * ```
 */
export const google: Caller<GoogleWire> = caller(provider);
