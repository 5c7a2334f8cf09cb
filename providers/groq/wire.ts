import type Groq from 'groq-sdk';
import type { ClientOptions } from 'groq-sdk';
import type { ChatCompletionCreateParamsStreaming } from 'groq-sdk/resources/chat/completions';
import type { Wire } from '../../lib/index.ts';

/** Which client to use, and how to send with it. Default: a client from the environment. */
export type GroqConnection = {
  /** Options of the SDK for one request, such as `timeout` (ms, until the headers), `headers`, `maxRetries`. */
  readonly requestOptions?: Omit<
    Groq.RequestOptions,
    'signal' | 'stream' | 'body' | 'method' | 'path'
  >;
} & (
  | {
      /** A client, or a function that gives one; asked once per subscription. */
      readonly client?: Groq | (() => Groq | PromiseLike<Groq>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to make a client with, once per subscription. */
      readonly clientOptions?: ClientOptions;
    }
);

/** The types Groq speaks. */
export interface GroqWire extends Wire {
  event: Groq.Chat.ChatCompletionChunk;
  request: ChatCompletionCreateParamsStreaming;
  params: Partial<Omit<ChatCompletionCreateParamsStreaming, 'model' | 'messages' | 'stream'>>;
  response: Groq.Chat.ChatCompletion;
  message: Groq.Chat.ChatCompletionMessageParam;
  toolCall: Groq.Chat.ChatCompletionMessageToolCall;
  usage: Groq.CompletionUsage;
  finishReason: Groq.Chat.ChatCompletion.Choice['finish_reason'];
  client: Groq;
  connection: GroqConnection;
}
