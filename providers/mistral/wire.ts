import type { Mistral, SDKOptions } from '@mistralai/mistralai';
import type { RequestOptions } from '@mistralai/mistralai/lib/sdks.js';
import type {
  ChatCompletionChoiceFinishReason,
  ChatCompletionResponse,
  ChatCompletionStreamRequest,
  ChatCompletionStreamRequestMessage,
  CompletionChunk,
  ToolCall,
  UsageInfo,
} from '@mistralai/mistralai/models/components';
import type { Chat } from '@mistralai/mistralai/sdk/chat.js';
import type { Wire } from '../../lib/index.ts';

/** What a caller may add to a request; model, messages and streaming are filled in by the call. */
export type MistralParams = Partial<
  Omit<ChatCompletionStreamRequest, 'model' | 'messages' | 'stream'>
>;

/** Which client to use, and how to send with it. Default: a client from the environment. */
export type MistralConnection = {
  /**
   * Options of the SDK for one request, such as `timeoutMs` (here until the headers), `headers`,
   * `serverURL`, `retries` (default none).
   */
  readonly requestOptions?: Omit<RequestOptions, 'signal' | 'fetchOptions'>;
} & (
  | {
      /**
       * A client, or a function that gives one; asked once per subscription. A client of the same options
       * sends in its place: with its hooks, which see the answer's headers and an empty body, and through
       * its `httpClient`. Its `retryConfig` is not used: see `requestOptions.retries`.
       */
      readonly client?: Mistral | (() => Mistral | PromiseLike<Mistral>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to make a client with, once per subscription. */
      readonly clientOptions?: SDKOptions;
    }
);

/** The types Mistral speaks, as its SDK has them. */
export interface MistralWire extends Wire {
  event: CompletionChunk;
  request: ChatCompletionStreamRequest;
  params: MistralParams;
  response: ChatCompletionResponse;
  message: ChatCompletionStreamRequestMessage;
  toolCall: ToolCall;
  usage: UsageInfo;
  finishReason: ChatCompletionChoiceFinishReason;
  /** The part of the SDK's client that chats: the SDK makes it of the client's options. */
  client: Chat;
  connection: MistralConnection;
}
