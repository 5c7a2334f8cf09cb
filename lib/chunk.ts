import type { Observable } from 'rxjs';
import type { CallResponse } from './call-response.ts';
import type { CommonParams } from './common-params.ts';
import type { Delta } from './delta.ts';
import type { CommonFinishReason } from './finish-reason.ts';
import type { Message } from './message.ts';
import type { PartialTool } from './partial-tool.ts';
import type { Prices } from './prices.ts';
import type { Provider, ToolOutput } from './provider.ts';
import type { ResponseModel } from './response-model.ts';
import type { ResponseShape } from './response-plan.ts';
import type { Tool, ToolDefinition } from './tool.ts';
import type { ToolCallDelta } from './tool-call.ts';
import type { CommonUsage } from './usage.ts';
import type { Wire } from './wire.ts';

/** The call a chunk belongs to: one per subscription, the same object on every chunk of it. */
export interface CallContext<W extends Wire = Wire, Model extends ResponseModel = ResponseModel> {
  readonly provider: Provider<W>;
  /** Model asked for. */
  readonly model: string;
  /** Messages sent, as the prompt gave them. */
  readonly commonMessages: readonly (Message | W['message'])[];
  /** Messages sent, in the provider's shape. */
  readonly messages: readonly W['message'][];
  /** Tools offered. */
  readonly tools: readonly ToolDefinition[];
  /** The provider's parameters the caller added. */
  readonly params: W['params'];
  /** The common parameters the caller added. */
  readonly commonParams: CommonParams;
  /** What the answer was asked to look like, `null` for nothing in particular. */
  readonly shape: ResponseShape<Model> | null;
  /** Whether tool calls are also delivered piece by piece. */
  readonly partialTools: boolean;
  /** The arguments the call was given. */
  readonly args: readonly unknown[];
  /** The template its prompt was made of, `null` where it was another function. */
  readonly promptTemplate: string | null;
  /** The price list, `null` when none was given. */
  readonly prices: Prices | null;
  /**
   * The responses of the calls that led to this one, oldest first, when it is a step of something longer:
   * of `runTools` or `continueOnLength`.
   */
  readonly steps: readonly CallResponse<W>[];
  /** Whether it goes on with the text of the last of `steps` rather than answering anew. */
  readonly continues: boolean;
  /** What the tools gave that the step before had called, in the order of the calls; an `Error` is a failure. */
  readonly toolOutputs: readonly ToolOutput<W>[];
  /** The request as sent. */
  readonly request: W['request'];
  /** Whatever the caller attached to the call. */
  readonly metadata: Metadata;
  /** When it was subscribed to, in ms since the epoch. */
  readonly startTime: number;
  /** The signal that ends the call and what follows from it, `null` when the caller gave none. */
  readonly signal: AbortSignal | null;
  /**
   * True once the stream has ended truthfully; stays false when it is cut or left early.
   *
   * @param position of a chunk: true when nothing of the answer came after it, either. What is no part of it:
   * usage, and the finish reason of a turn without tool calls. Default: that of the last one
   */
  ended(position?: number): boolean;
  /**
   * The same call with other messages, as a step that follows this one: a cold Observable like the call's
   * own. The prompt does not run again, its settings hold.
   */
  proceed(next: NextStep<W>): Observable<StreamTuple<W, ToolDefinition, Model, boolean>>;
}

/** What a further step of a call is made of. */
export interface NextStep<W extends Wire = Wire> {
  readonly messages: readonly (Message | W['message'])[];
  /** The responses so far, oldest first. */
  readonly steps: readonly CallResponse<W>[];
  /** Whether it goes on with the text of the last of them. Default `false`. */
  readonly continues?: boolean;
  /** What the tools gave that the last of them had called, to be found again on the call. Default: none. */
  readonly toolOutputs?: readonly ToolOutput<W>[];
}

/** Whatever a caller wants to find again on chunks and responses. */
export interface Metadata {
  readonly [name: string]: unknown;
}

/** One event of a stream, in common terms and in the provider's own. */
export interface Chunk<W extends Wire = Wire, Model extends ResponseModel = ResponseModel> {
  /** Text this event adds; `''` when none. Concatenated over a stream they are the response's text. */
  readonly content: string;
  /** Reasoning this event adds; `''` when none. */
  readonly thinking: string;
  /** Refusal this event adds, `null` when none. */
  readonly refusal: string | null;
  /** Audio bytes this event adds, `null` when none. */
  readonly audio: Uint8Array | null;
  /** Transcript of the audio this event adds, `null` when none. */
  readonly audioTranscript: string | null;
  /** Pieces of tool calls in this event. Complete calls come as the tuple's tool. */
  readonly toolCallDeltas: readonly ToolCallDelta[];
  /** Why the choices that end in this event end, by position of the choice; `null` when none does. */
  readonly finishReasons: readonly (W['finishReason'] | null)[] | null;
  /** The same in words shared by all providers. */
  readonly commonFinishReasons: readonly (CommonFinishReason | null)[] | null;
  /** The provider's token counts in this event, `null` when it carries none. */
  readonly usage: W['usage'] | null;
  /** The same in terms shared by all providers. */
  readonly commonUsage: CommonUsage | null;
  /** Input tokens in this event's counts, `null` when unknown. */
  readonly inputTokens: number | null;
  /** Output tokens in this event's counts, `null` when unknown. */
  readonly outputTokens: number | null;
  /** Cached input tokens in this event's counts, `null` when unknown. */
  readonly cachedTokens: number | null;
  /** Id of the response, `null` where the event has none. */
  readonly id: string | null;
  /** Model that answers, `null` where the event does not say. */
  readonly model: string | null;
  /**
   * True when this is not an event of its own: one event finished several tool calls, and this chunk
   * brings a further one. It has no content and no usage.
   */
  readonly continuation: boolean;
  /** The provider's own event, untouched; on a continuation the event that was the cause. */
  readonly chunk: W['event'];
  /** The call it belongs to. */
  readonly call: CallContext<W, Model>;
  /** When it arrived, in ms since the epoch. */
  readonly time: number;
  /**
   * Its place among the chunks of its call, from 1. Says at the end whether all of the answer has arrived, so
   * a chunk that an operator makes of several has the place of the last, and one that it cuts short that of the
   * chunk before.
   */
  readonly position: number;
  /** The same as `content`. */
  toString(): string;
}

/**
 * What a stream emits for each event: the chunk, and the tool call that is complete with it.
 *
 * @typeParam D the tools that were declared
 * @typeParam Model what the answer was asked to look like
 * @typeParam Partials whether tool calls also come piece by piece
 */
export type StreamTuple<
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
  Model extends ResponseModel = ResponseModel,
  Partials extends boolean = false,
> = [
  chunk: Chunk<W, Model>,
  tool: Tool<D, W> | (Partials extends true ? PartialTool<D> : never) | null,
];

/** A tuple of any stream. */
export type AnyStreamTuple = StreamTuple<Wire, ToolDefinition, ResponseModel, boolean>;

const noToolCalls: readonly ToolCallDelta[] = [];

/**
 * The chunk of an event.
 *
 * @param position its place among the chunks of the call. Default 1
 */
export function chunkOf<W extends Wire>(
  call: CallContext<W>,
  event: W['event'],
  delta: Delta<W>,
  time: number,
  position = 1,
): Chunk<W> {
  const { finishReasons = null, usage = null, commonUsage = null } = delta;
  return {
    content: delta.content ?? '',
    thinking: delta.thinking ?? '',
    refusal: delta.refusal ?? null,
    audio: delta.audio ?? null,
    audioTranscript: delta.audioTranscript ?? null,
    toolCallDeltas: delta.toolCalls ?? noToolCalls,
    finishReasons,
    commonFinishReasons:
      finishReasons?.map((reason) => reason && call.provider.commonFinishReason(reason)) ?? null,
    usage,
    commonUsage,
    inputTokens: commonUsage?.inputTokens ?? null,
    outputTokens: commonUsage?.outputTokens ?? null,
    cachedTokens: commonUsage?.cachedTokens ?? null,
    id: delta.id ?? null,
    model: delta.model ?? null,
    continuation: false,
    chunk: event,
    call,
    time,
    position,
    toString: contentOf,
  };
}

/**
 * A chunk for a further tool call that the event of `chunk` finished.
 *
 * @param position its place among the chunks of the call. Default: that of the chunk it goes on from
 */
export function continuationOf<W extends Wire, Model extends ResponseModel>(
  chunk: Chunk<W, Model>,
  position: number = chunk.position,
): Chunk<W, Model> {
  const { call, id, model, time } = chunk;
  const silent = chunkOf<W>(call, chunk.chunk, { id, model }, time, position);
  return { ...silent, call, continuation: true };
}

function contentOf(this: { readonly content: string }): string {
  return this.content;
}
