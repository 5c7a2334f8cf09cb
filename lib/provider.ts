import type { Observable } from 'rxjs';
import type { CommonParams } from './common-params.ts';
import type { Delta } from './delta.ts';
import type { Fold } from './fold.ts';
import type { CommonFinishReason } from './finish-reason.ts';
import type { Message } from './message.ts';
import type { Eventual } from './observable-of.ts';
import type { ResponseFormat, ResponseMode } from './response-format.ts';
import type { ErrorFacts } from './stream-error.ts';
import type { Tool, ToolDefinition } from './tool.ts';
import type { ToolCall } from './tool-call.ts';
import type { Wire } from './wire.ts';

/** What a call is made of, before a provider turns it into a request. */
export interface CallInput<W extends Wire> {
  readonly model: string;
  /** In common terms or the provider's own shape, mixed as the caller likes. */
  readonly messages: readonly (Message | W['message'])[];
  readonly tools: readonly ToolDefinition[];
  /** The provider's own parameters; they go before the common ones. */
  readonly params: W['params'];
  readonly commonParams: CommonParams;
  /** What the answer is to be held to, `null` for nothing. Only what `responseModes` offers. */
  readonly format: ResponseFormat | null;
}

/** A call in the provider's terms. */
export interface EncodedCall<W extends Wire> {
  readonly request: W['request'];
  /** The messages of the request, for the next turn. */
  readonly messages: readonly W['message'][];
}

/** A tool call and what it gave, to be told to the model. */
export type ToolOutput<W extends Wire> = readonly [tool: Tool<ToolDefinition, W>, output: unknown];

/** What became of an answer on its way through the operators. */
export interface KeptAnswer {
  /** The text, as cut or changed by operators. */
  readonly content: string;
  /** The calls that did not arrive whole. */
  readonly openCalls: readonly ToolCall[];
}

/**
 * The contract of a provider: pure functions around two effects, `connect` and `open`.
 *
 * Methods rather than function properties, so that a provider of a known wire is a provider of some wire.
 */
export interface Provider<W extends Wire = Wire> {
  /** Name in errors and on responses. */
  readonly name: string;

  /**
   * Turns a call into the provider's request. Throws a `StreamError` with `unsupported` for what the
   * provider cannot take: a kind of part, a common parameter.
   */
  encode(input: CallInput<W>): EncodedCall<W>;

  /**
   * How a model can be brought to answer in the shape of a schema, the best way first. `text` is possible
   * everywhere and need not be named. Without this method it is the only one.
   */
  responseModes?(call: {
    readonly model: string;
    readonly tools: readonly ToolDefinition[];
  }): readonly ResponseMode[];

  /** Gives the client to send with, now or later; the place where an SDK is imported. */
  connect(connection: W['connection']): Eventual<W['client']>;

  /** What must not show in an error message: the keys that are sent. Asked for when there is an error. */
  secrets(client: W['client'], connection: W['connection']): readonly string[];

  /**
   * Sends the request: a cold Observable of the provider's events.
   *
   * Completes when the protocol's own terminator was read. A stream that stops without one errors with
   * `truncated`, also when the protocol has none: whether that is an end or a cut is decided by
   * the evidence in the events. Unsubscribing closes the connection.
   */
  open(
    client: W['client'],
    request: W['request'],
    connection: W['connection'],
  ): Observable<W['event']>;

  /** What an event says. Pure and total: an unknown event is an empty delta. */
  decode(event: W['event'], request: W['request']): Delta<W>;

  /** The provider's word for why it stopped, in common terms. */
  commonFinishReason(reason: W['finishReason']): CommonFinishReason;

  /** Rebuilds the response from the events, as if the call had not streamed. */
  readonly response: Fold<W['event'], W['response']>;

  /**
   * The assistant message of a response, to be sent back in the next turn, as far as it was kept: an
   * operator may have cut the text, and a call that did not arrive whole would make the request invalid.
   */
  messageParam(response: W['response'], kept: KeptAnswer): W['message'];

  /** A complete call as it stands in the provider's assistant message. */
  toolCall(call: ToolCall): W['toolCall'];

  /** Results of tools, to be sent in the next turn. */
  toolMessageParams(outputs: readonly ToolOutput<W>[]): readonly W['message'][];

  /** What an error of the SDK means; `null` for an error it does not know. */
  describe(error: unknown): ErrorFacts | null;
}
