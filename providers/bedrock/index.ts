import {
  caller,
  type Caller,
  type CallOptions,
  type CallResponse,
  type Chunk,
  type Provider,
  type ToolDefinition,
} from '../../lib/index.ts';
import { bedrockClient } from './client.ts';
import { commonFinishReason, decodeEvent } from './decode.ts';
import { encodeCall } from './encode.ts';
import { converseEvents } from './events.ts';
import { describeSdkError } from './failure.ts';
import { messageParam } from './message-param.ts';
import { converseResponse, toolCallOf } from './response.ts';
import { responseModes } from './response-modes.ts';
import { encodeToolOutputs } from './tool-result.ts';
import type { BedrockWire } from './wire.ts';

export type { BedrockClient, BedrockConnection } from './client.ts';
export type { BedrockWire, ConverseParams } from './wire.ts';

/** A chunk of a Bedrock stream. */
export type BedrockChunk = Chunk<BedrockWire>;

/** The response of a Bedrock call. */
export type BedrockResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  BedrockWire,
  Tools
>;

/** Options of a Bedrock call. */
export type BedrockCallOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = CallOptions<BedrockWire, Tools>;

const name = 'bedrock';

const provider: Provider<BedrockWire> = {
  name,
  encode: (input) => encodeCall(name, input),
  responseModes,
  connect: (connection) => bedrockClient(name, connection),
  secrets: ({ secrets }) => secrets,
  open: (client, request) => converseEvents(name, client, request),
  decode: decodeEvent,
  commonFinishReason,
  response: converseResponse,
  messageParam,
  toolCall: toolCallOf,
  toolMessageParams: encodeToolOutputs,
  describe: describeSdkError,
};

/**
 * Amazon Bedrock over ConverseStream, through the official SDK
 * (`npm install @aws-sdk/client-bedrock-runtime`, version 3).
 * The model is a model's or an inference profile's id.
 *
 * Completes after `messageStop` and the `metadata` with the usage.
 *
 * Of the common parameters Converse has no penalties and no `seed`; they are refused with `unsupported`. What
 * a model calls them goes into `callParams.additionalModelRequestFields`. `toolChoice: 'none'` offers no tools,
 * and is refused in a conversation that holds tool calls; whether a call can be forced is up to the model.
 *
 * Answers in the shape of a schema come by structured outputs (`native`) from Claude Sonnet and Opus 4.5, Opus
 * 4.6 and open models that have them, as the arguments of a tool (`tool`) from other Claude models, Nova and
 * Mistral Large, and by instructions (`text`) from all others, the newest Claude models and inference profiles
 * among them. Any of the three may be said. A forced call is refused while Claude thinks to a budget: say
 * `toolChoice: 'auto'` there. There is no mode `json`. Structured outputs and strict tools know no limits
 * (`minimum`, `maxLength`, `pattern`, …): such words are told to the model in the description instead, and the
 * value is validated against them all the same. Open objects and recursion they refuse; say `mode: 'tool'` for
 * those.
 *
 * Neighbours of one role are sent as one message, for the service wants the roles to take turns.
 *
 * Behind parts and tools with `cacheControl` stands a `cachePoint`; not every model takes one behind tools.
 * Right behind a document that is no PDF, Claude refuses one: mark a text after it. Images, audio and documents
 * go by data, which may stand in a `data:` URL, or by an `s3://` URI.
 */
export const bedrock: Caller<BedrockWire> = caller(provider);
