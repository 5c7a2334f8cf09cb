import type { CallContext, Chunk, StreamTuple } from './chunk.ts';
import type { ResponseTotals } from './call-response.ts';
import { finishReasonOfTurn, type CommonFinishReason } from './finish-reason.ts';
import { cutOffTool } from './cut-off-tool.ts';
import type { Fold } from './fold.ts';
import type { ResponseModel } from './response-model.ts';
import type { Tool, ToolDefinition } from './tool.ts';
import {
  closeToolCalls,
  continueToolCalls,
  noToolCalls,
  type OpenToolCalls,
} from './open-tool-calls.ts';
import { isCallOf, type ToolCall } from './tool-call.ts';
import { leave, type Trail } from './trail.ts';
import { mergeOwnUsage, mergeUsage } from './usage.ts';
import type { Wire } from './wire.ts';

/** A response as it grows, tuple by tuple. Each step costs the same however much came before. */
export interface Accumulation<W extends Wire = Wire, D extends ToolDefinition = ToolDefinition> {
  readonly totals: ResponseTotals<W, D>;
  readonly call: CallContext<W>;
  readonly response: Fold<W['event'], W['response']>;
  readonly audio: Trail<Uint8Array> | null;
  /** The last chunk's, which says whether all has arrived. */
  readonly position: number;
  /** Calls that have begun and did not come as a tool yet. */
  readonly openCalls: OpenToolCalls;
}

/** The accumulation after one more tuple. A tuple of another call (`retry`, `concat`, …) starts anew. */
export function accumulateTuple<W extends Wire, D extends ToolDefinition>(
  before: Accumulation<W, D> | null,
  [chunk, given]: StreamTuple<W, D, ResponseModel, boolean>,
): Accumulation<W, D> {
  // The pieces of a call are on the chunk; as a tool it counts when it is complete.
  const tool = given?.delta === null ? given : null;
  const start = before?.call === chunk.call ? before : begin<W, D>(chunk);
  const { totals, openCalls } = start;
  const tools = tool === null ? totals.tools : [...totals.tools, tool];
  const commonUsage = mergeUsage(totals.commonUsage, chunk.commonUsage);
  const begun = chunk.toolCallDeltas.reduce(continueToolCalls, openCalls);
  return {
    call: chunk.call,
    response: chunk.continuation ? start.response : start.response.add(chunk.chunk),
    audio: chunk.audio === null ? start.audio : leave(start.audio, chunk.audio),
    position: Math.max(start.position, chunk.position),
    openCalls: tool === null ? begun : closeToolCalls(begun, (call) => isCallOf(tool, call)),
    totals: {
      ...totals,
      model: chunk.model ?? totals.model,
      // The first: Groq's compound models end with a chunk of another id.
      id: totals.id ?? chunk.id,
      content: totals.content + chunk.content,
      thinking: totals.thinking + chunk.thinking,
      refusal: append(totals.refusal, chunk.refusal),
      audioTranscript: append(totals.audioTranscript, chunk.audioTranscript),
      tools,
      finishReasons: mergeByPosition(totals.finishReasons, chunk.finishReasons),
      commonFinishReasons: mergeFinish(totals.commonFinishReasons, chunk, tools),
      usage: mergeOwnUsage(totals.usage, chunk.usage),
      commonUsage,
      inputTokens: commonUsage?.inputTokens ?? null,
      outputTokens: commonUsage?.outputTokens ?? null,
      cachedTokens: commonUsage?.cachedTokens ?? null,
      endTime: chunk.time,
    },
  };
}

/** The accumulation of a stream that did not finish: marked, and with the calls it cut off as invalid tools. */
export function interruptAccumulation<W extends Wire, D extends ToolDefinition>({
  totals,
  ...rest
}: Accumulation<W, D>): Accumulation<W, D> {
  const cutOff = cutOffCalls(rest).map((call) => cutOffTool<W, D>(rest.call, call));
  return {
    ...rest,
    totals: { ...totals, interrupted: true, tools: [...totals.tools, ...cutOff] },
  };
}

/** Calls that have begun and did not come as a tool, but for the one that stands for the answer. */
export const cutOffCalls = <W extends Wire, D extends ToolDefinition>({
  call,
  openCalls,
}: Pick<Accumulation<W, D>, 'call' | 'openCalls'>): readonly ToolCall[] =>
  openCalls.calls.filter(({ name }) => name !== call.shape?.tool);

function begin<W extends Wire, D extends ToolDefinition>(chunk: Chunk<W>): Accumulation<W, D> {
  const { call, time } = chunk;
  const before = call.continues ? call.steps.at(-1) : undefined;
  const audio = before?.audio ?? null;
  return {
    call,
    response: call.provider.response,
    audio: audio && leave(null, audio),
    position: 0,
    openCalls: noToolCalls,
    totals: {
      provider: call.provider.name,
      model: call.model,
      id: null,
      content: before?.content ?? '',
      thinking: before?.thinking ?? '',
      refusal: before?.refusal ?? null,
      audioTranscript: before?.audioTranscript ?? null,
      tools: [],
      finishReasons: null,
      commonFinishReasons: null,
      usage: null,
      commonUsage: null,
      inputTokens: null,
      outputTokens: null,
      cachedTokens: null,
      interrupted: false,
      startTime: call.startTime,
      endTime: time,
      timeToFirstChunk: before?.timeToFirstChunk ?? time - call.startTime,
      metadata: call.metadata,
    },
  };
}

const append = (text: string | null, more: string | null): string | null =>
  more === null ? text : (text ?? '') + more;

/** Per position the last known reason wins: servers repeat a choice's reason and send choices apart. */
function mergeByPosition<Reason>(
  before: readonly (Reason | null)[] | null,
  after: readonly (Reason | null)[] | null,
): readonly (Reason | null)[] | null {
  if (before === null || after === null) return after ?? before;
  if (after.every((reason, position) => reason === (before[position] ?? null))) return before;
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, position) => after[position] ?? before[position] ?? null);
}

/** Only choice 0 calls tools here: the tools of a stream are those of its first choice. */
function mergeFinish<W extends Wire>(
  before: readonly (CommonFinishReason | null)[] | null,
  { commonFinishReasons: after, call }: Chunk<W>,
  tools: readonly Tool[],
): readonly (CommonFinishReason | null)[] | null {
  const first = after?.[0] ?? before?.[0];
  if (!first) return mergeByPosition(before, after);
  const reason = finishReasonOfTurn(first, {
    calledTools: tools.length > 0,
    answersByTool: (call.shape?.tool ?? null) !== null,
  });
  return mergeByPosition(before, (after ?? [first]).with(0, reason));
}
