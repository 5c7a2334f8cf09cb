import type { Metadata } from './chunk.ts';
import type { CommonParams } from './common-params.ts';
import type { CommonFinishReason } from './finish-reason.ts';
import type { AssistantMessage, Message, ToolMessage } from './message.ts';
import type { Cost } from './prices.ts';
import type { ToolOutput } from './provider.ts';
import type { Tool, ToolDefinition } from './tool.ts';
import type { CommonUsage } from './usage.ts';
import type { Wire } from './wire.ts';

/** The part of a response that adds up chunk by chunk. What is not known is `null`. */
export interface ResponseTotals<W extends Wire = Wire, D extends ToolDefinition = ToolDefinition> {
  /** Name of the provider. */
  readonly provider: string;
  /** Model that answered; the one asked for until the provider says. */
  readonly model: string;
  /** Id of the response. */
  readonly id: string | null;
  /** The text. */
  readonly content: string;
  /** The reasoning, where the provider shows it; `''` when none. */
  readonly thinking: string;
  /** The refusal, `null` when none. */
  readonly refusal: string | null;
  /** Transcript of the audio, `null` when none. */
  readonly audioTranscript: string | null;
  /**
   * The tool calls in order. In a response that did not finish, those that were cut off follow at the
   * end as invalid ones.
   */
  readonly tools: readonly Tool<D, W>[];
  /** Why each choice ended, by position. */
  readonly finishReasons: readonly (W['finishReason'] | null)[] | null;
  /** The same in words shared by all providers. */
  readonly commonFinishReasons: readonly (CommonFinishReason | null)[] | null;
  /** The provider's token counts. */
  readonly usage: W['usage'] | null;
  /** The same in terms shared by all providers. */
  readonly commonUsage: CommonUsage | null;
  /** Input tokens, cached ones included. */
  readonly inputTokens: number | null;
  /** Output tokens, reasoning included. */
  readonly outputTokens: number | null;
  /** Input tokens read from the provider's cache. */
  readonly cachedTokens: number | null;
  /** True when the stream was stopped or failed before the provider had finished. */
  readonly interrupted: boolean;
  /** When the call was subscribed to, in ms since the epoch. */
  readonly startTime: number;
  /** When the last chunk arrived, in ms since the epoch. */
  readonly endTime: number;
  /** From subscribing to the first chunk, in ms; the first call of a process includes loading the SDK. */
  readonly timeToFirstChunk: number;
  /** What the caller attached to the call. */
  readonly metadata: Metadata;
}

/**
 * What a stream has given so far, immutable: the same whether it finished, was stopped or failed.
 *
 * Invariants: `content` is the concatenation of every chunk's `content`, in order, and so are
 * `thinking`, `refusal`, `audio` and `audioTranscript`; `tools` are the tools of the tuples, in order;
 * counts are the last known ones.
 *
 * The totals are plain properties. The rest is worked out when it is read, and once.
 */
export interface CallResponse<
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
> extends ResponseTotals<W, D> {
  /** The response as the SDK would give it had the call not streamed. What did not arrive is absent or `null`. */
  readonly response: W['response'];
  /** The first of `tools`, `null` when there is none. */
  readonly tool: Tool<D, W> | null;
  /** The audio bytes, `null` when none. */
  readonly audio: Uint8Array | null;
  /** Messages sent, in the provider's shape. */
  readonly messages: readonly W['message'][];
  /** Messages sent, as the prompt gave them. */
  readonly commonMessages: readonly (Message | W['message'])[];
  /** The last message sent when it is the user's, in the provider's shape; `null` otherwise. */
  readonly userMessageParam: W['message'] | null;
  /** The last message sent when it is the user's, as the prompt gave it; `null` otherwise. */
  readonly commonUserMessageParam: Message | W['message'] | null;
  /** The answer as a message for the next turn, in the provider's shape. Cut-off tool calls are left out. */
  readonly messageParam: W['message'];
  /** The answer as a message for the next turn, in common terms. */
  readonly commonMessageParam: AssistantMessage;
  /** What the call cost, `null` without a price list (`prices`), for an unknown model and before usage is known. */
  readonly cost: number | null;
  /** How `cost` comes about: its parts, the currency, the entry of the price list and its date. */
  readonly costMetadata: Cost | null;
  /**
   * The responses of the calls that led to this one, oldest first, when it is a step of something longer:
   * of `runTools` or `continueOnLength`.
   */
  readonly steps: readonly CallResponse<W>[];
  /** Token counts of this call and all of `steps`; what one of them does not know is `null`. */
  readonly totalUsage: CommonUsage | null;
  /** Costs of this call and all of `steps`, `null` when one of them is unknown or in another currency. */
  readonly totalCost: number | null;
  /** The provider's parameters the caller added. */
  readonly callParams: W['params'];
  /** The common parameters the caller added. */
  readonly commonParams: CommonParams;
  /** The arguments the call was given. */
  readonly args: readonly unknown[];
  /** The template the prompt was made of, `null` where it was another function. */
  readonly promptTemplate: string | null;
  /** Results of tools as messages for the next turn, in the provider's shape. An `Error` is a failure. */
  toolMessageParams(outputs: readonly ToolOutput<W>[]): readonly W['message'][];
  /** Results of tools as messages for the next turn, in common terms. */
  commonToolMessageParams(outputs: readonly ToolOutput<W>[]): readonly ToolMessage[];
  /** The same as `content`. */
  toString(): string;
}
