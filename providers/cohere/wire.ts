import type { Cohere, CohereClientV2 } from 'cohere-ai';
import type { Wire } from '../../lib/index.ts';

/** One event of a v2 chat stream, under the SDK's names. */
export type ChatEvent = Cohere.V2ChatStreamResponse;

/** What a caller may add to a request; model, messages and streaming are filled in by the call. */
export type ChatParams = Partial<Omit<Cohere.V2ChatStreamRequest, 'model' | 'messages'>>;

/** Token counts. `tokens` is what the model read and wrote, `billedUnits` the part of it that costs. */
export type ChatUsage = Cohere.Usage & {
  readonly tokens?: {
    /** On the wire since the reasoning models; the SDK's types leave it out. */
    readonly reasoningTokens?: number;
    /** On the wire since the vision models; the SDK's types leave it out. */
    readonly imageTokens?: number;
  };
};

/** Options of the SDK's client. `fetcher` is none: it would replace the part of the SDK that sends. */
export type ClientOptions = Omit<ConstructorParameters<typeof CohereClientV2>[0], 'fetcher'>;

/** Options of the SDK for one request. */
export type RequestOptions = NonNullable<Parameters<CohereClientV2['chatStream']>[1]>;

/** Which client to use, and how to send with it. Default: a client from the environment. */
export type CohereConnection = {
  /** Options of the SDK for one request, such as `timeoutInSeconds` (until the headers), `headers`, `maxRetries`. */
  readonly requestOptions?: Omit<RequestOptions, 'abortSignal'>;
} & (
  | {
      /** A client, or a function that gives one; asked once per subscription. */
      readonly client?: CohereClientV2 | (() => CohereClientV2 | PromiseLike<CohereClientV2>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to make a client with, once per subscription. */
      readonly clientOptions?: ClientOptions;
    }
);

/** A client of the SDK, and how to get at the response it would read by itself. */
export interface CohereSender {
  /** Sends a request and resolves with the response, its body unread. Rejects with the SDK's errors. */
  send(request: Cohere.V2ChatStreamRequest, options: RequestOptions): Promise<Response>;
  /** The keys it holds. */
  readonly secrets: readonly string[];
  /** Makes the SDK's error of a failure that the server reported where the SDK does not look. */
  failure(facts: FailureFacts): Error;
}

/** A failure as the SDK's error holds it. */
export interface FailureFacts {
  readonly message?: string;
  readonly statusCode?: number;
  readonly body: unknown;
  readonly rawResponse: Response;
}

/** The types Cohere's v2 chat speaks, as its SDK has them. */
export interface CohereWire extends Wire {
  event: ChatEvent;
  request: Cohere.V2ChatStreamRequest;
  params: ChatParams;
  response: Cohere.V2ChatResponse;
  message: Cohere.ChatMessageV2;
  toolCall: Cohere.ToolCallV2;
  usage: ChatUsage;
  finishReason: Cohere.ChatFinishReason;
  client: CohereSender;
  connection: CohereConnection;
}
