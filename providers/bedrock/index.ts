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

/** What `rx-llm/bedrock` offers. */
export interface BedrockProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<BedrockWire>;

  /**
   * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
   *
   * ```
   * recommendBook('fantasy')  --[chunk, null]--[chunk, null]--[chunk, null]--|
   * ```
   *
   * Cold: subscribing runs the prompt, imports the SDK and sends; every subscription is one request.
   * Emits one tuple per event. Completes after `messageStop` and the `metadata` with the usage, errors
   * otherwise with a `StreamError` that carries what had arrived. Unsubscribing closes the connection.
   *
   * @example
   * ```ts
   * const recommendBook = bedrock.call(
   *   { model: 'amazon.nova-lite-v1:0', clientOptions: { region: 'us-east-1' } },
   *   (genre: string) => `Recommend a ${genre} book`,
   * );
   * recommendBook('fantasy').subscribe(([chunk]) => process.stdout.write(chunk.content));
   * ```
   * @param options a model or inference profile, or one with tools, the SDK's parameters, a client, …
   * @param prompt what to ask: gives a string, parts or messages, now or later
   * @throws {TypeError} when the model is missing or two tools share a name
   */
  call<
    Args extends readonly unknown[],
    const Tools extends readonly ToolDefinition[] = readonly [],
  >(
    options: string | BedrockCallOptions<Tools>,
    prompt: Prompt<Args, BedrockWire>,
  ): Call<Args, BedrockWire, Tools>;
}

/**
 * Amazon Bedrock over ConverseStream, through the official SDK
 * (`npm install @aws-sdk/client-bedrock-runtime`, version 3).
 */
export const bedrock: BedrockProvider = {
  provider,
  call: (options, prompt) => call(provider, options, prompt),
};
