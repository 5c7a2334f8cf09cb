import type Anthropic from '@anthropic-ai/sdk';
import type { ClientOptions } from '@anthropic-ai/sdk';
import type { Wire } from '../../lib/index.ts';

/** One event of a Messages stream. Pings are none. */
export type MessageEvent = Anthropic.RawMessageStreamEvent;

/** What a caller may add to a request; model, messages and streaming are filled in by the call. */
export type MessageParams = Partial<
  Omit<Anthropic.MessageCreateParamsStreaming, 'model' | 'messages' | 'stream'>
>;

/**
 * Token counts as an event or a response has them: the SDK's `Usage`, of which `message_delta` repeats
 * only a part.
 */
export type MessageUsage = { [Field in keyof Anthropic.Usage]?: Anthropic.Usage[Field] | null };

/** Which client to use, and how to send with it. Default: a client from the environment. */
export type AnthropicConnection = {
  /** Options of the SDK for one request, such as `timeout` (ms, until the headers), `headers`, `maxRetries`. */
  readonly requestOptions?: Omit<
    Anthropic.RequestOptions,
    'signal' | 'stream' | 'body' | 'method' | 'path'
  >;
} & (
  | {
      /** A client, or a function that gives one; asked once per subscription. */
      readonly client?: Anthropic | (() => Anthropic | PromiseLike<Anthropic>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to make a client with, once per subscription. */
      readonly clientOptions?: ClientOptions;
    }
);

/** The types Anthropic's Messages API speaks, as its SDK has them. */
export interface AnthropicWire extends Wire {
  event: MessageEvent;
  request: Anthropic.MessageCreateParamsStreaming;
  params: MessageParams;
  response: Anthropic.Message;
  message: Anthropic.MessageParam;
  toolCall: Anthropic.ToolUseBlockParam;
  usage: MessageUsage;
  finishReason: Anthropic.StopReason;
  client: Anthropic;
  connection: AnthropicConnection;
}
