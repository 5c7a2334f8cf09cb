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
 */
export const bedrock: Caller<BedrockWire> = caller(provider);
