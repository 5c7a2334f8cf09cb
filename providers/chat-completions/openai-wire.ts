import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import type { ChatCompletionsWire } from './wire.ts';

/** How to send: options of the SDK for one request. */
export interface OpenAISending {
  /** Such as `timeout` (ms, until the headers), `headers`, `maxRetries` (default 0). */
  readonly requestOptions?: Omit<
    OpenAI.RequestOptions,
    'signal' | 'stream' | 'body' | 'method' | 'path'
  >;
}

/** Which client of the SDK to use, and how to send with it. Default: one made from the environment. */
export type OpenAIConnection<Options = ClientOptions> = OpenAISending &
  (
    | {
        /** A client, or a function that gives one; asked once per subscription. */
        readonly client?: OpenAI | (() => OpenAI | PromiseLike<OpenAI>);
        readonly clientOptions?: never;
      }
    | {
        readonly client?: never;
        /** Options to make a client with, once per subscription. */
        readonly clientOptions?: Options;
      }
  );

/** The types of a service of the Chat Completions wire that is reached through OpenAI's SDK. */
export interface OpenAIWire<Options = ClientOptions> extends ChatCompletionsWire {
  client: OpenAI;
  connection: OpenAIConnection<Options>;
}
