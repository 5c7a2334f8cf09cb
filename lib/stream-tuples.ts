import { Observable, takeUntil, type SchedulerLike } from 'rxjs';
import { accumulateTuple, type Accumulation } from './accumulation.ts';
import type { CallResponse } from './call-response.ts';
import {
  chunkOf,
  continuationOf,
  type CallContext,
  type Chunk,
  type StreamTuple,
} from './chunk.ts';
import { cutOffTool } from './cut-off-tool.ts';
import type { Delta } from './delta.ts';
import { closeToolCalls, continueToolCalls, noToolCalls } from './open-tool-calls.ts';
import type { PartialTool } from './partial-tool.ts';
import { partialTools } from './partial-tools.ts';
import { interruptedSnapshotOf } from './snapshot.ts';
import { StreamError, withPartial, type ErrorCode } from './stream-error.ts';
import { receiveTool, type Tool, type ToolDefinition } from './tool.ts';
import type { ToolCall, ToolCallDelta } from './tool-call.ts';
import type { Wire } from './wire.ts';

/** How a stream ends and what it does with calls that must not run. */
export interface StreamOptions {
  readonly invalidTools: 'deliver' | 'error';
  /** How long to wait, in ms, for usage and the terminator once the provider has finished. */
  readonly usageWait: number;
  readonly scheduler: SchedulerLike;
}

/** Losing the connection after the provider has finished loses usage at most. */
const lossCodes: ReadonlySet<ErrorCode> = new Set(['truncated', 'connection', 'timeout']);

/**
 * Turns a provider's events into tuples, and their end into one truthful end.
 *
 * ```
 * events    --a--b--c(end)--u--T
 * tuples    --A--B--C-------U--|
 *
 * events    --a--b--#            before any evidence of the end
 * tuples    --A--B--#            error.partial holds A and B
 * ```
 *
 * Emits a tuple per event, and a continuation for each further tool call an event finished, or for each
 * further piece of one where the call asked for partial tools. The arguments of the tool that stands for
 * the answer are the text. Completes
 * when `events` completes (the terminator), or after evidence of the end: at once, after `usageWait`, or
 * when the connection is lost. Errors otherwise, with what had arrived.
 *
 * @param failureOf makes a `StreamError` of whatever `events` errors with
 * @param onEnd called once the stream has ended truthfully, just before it completes, with the position of the
 * last chunk that brought anything of the answer
 */
export function streamTuples<W extends Wire>(
  context: CallContext<W>,
  events: Observable<W['event']>,
  options: StreamOptions,
  failureOf: (error: unknown) => StreamError,
  onEnd: (position: number) => void,
): Observable<StreamTuple<W>> {
  const { provider, tools: definitions, request } = context;
  const { scheduler } = options;
  const isAnswer = ({ name }: ToolCall): boolean => name === context.shape?.tool;
  return new Observable((subscriber) => {
    const partialOf = context.partialTools ? partialTools(provider.name, definitions) : null;
    let accumulation: Accumulation<W> | null = null;
    let openCalls = noToolCalls;
    let lastChunk: Chunk<W> | null = null;
    /** How many chunks there are, and which was the last with anything of the answer. */
    let position = 0;
    let lastOfAnswer = 0;
    let finished = false;

    const push = (chunk: Chunk<W>, tool: AnyTool<W> | null): void => {
      accumulation = accumulateTuple(accumulation, [chunk, tool]);
      if (isOfAnswer(chunk, tool, accumulation)) lastOfAnswer = chunk.position;
      const failed = options.invalidTools === 'error' && tool?.delta === null ? tool.error : null;
      if (failed === null) return emit(chunk, tool);
      if (!chunk.continuation) emit(chunk, null);
      subscriber.error(withPartial(failed, partial()));
    };

    // Partial tools come where they were asked for only, which the type of the call says.
    const emit = (chunk: Chunk<W>, tool: AnyTool<W> | null): void =>
      subscriber.next([chunk, tool] as StreamTuple<W>);

    /** The first tool rides on the event's own chunk, the further ones on continuations. */
    const pushAll = (chunk: Chunk<W>, [first, ...more]: readonly AnyTool<W>[]): void => {
      push(chunk, first ?? null);
      for (const tool of more) push(continuationOf(chunk, ++position), tool);
    };

    /** Takes in the pieces of calls: gives the partial tools they make, and the pieces of the answer. */
    const takeIn = (deltas: readonly ToolCallDelta[]): Pieces => {
      const partials: PartialTool[] = [];
      let answer = '';
      for (const delta of deltas) {
        const before = openCalls;
        openCalls = continueToolCalls(before, delta);
        const at = openCalls.calls.findIndex((each, index) => each !== before.calls[index]);
        const call = openCalls.calls[at];
        const known = before.calls[at];
        // What came before its name is a piece of the answer as well.
        if (call && isAnswer(call))
          answer += known && !isAnswer(known) ? call.arguments : delta.arguments;
        const tool = partialOf?.(before, openCalls, delta.arguments);
        if (tool) partials.push(tool);
      }
      return { partials, answer };
    };

    const receive = (call: ToolCall, chunk: Chunk<W>): Tool<ToolDefinition, W> =>
      isCutOff(call, chunk)
        ? cutOffTool(context, call)
        : receiveTool<W>(provider.name, definitions, call, provider.toolCall(call));

    const partial = (): CallResponse<W> | null =>
      accumulation && interruptedSnapshotOf(accumulation);

    /** Ends the stream. Calls still open are whole when the terminator came, and cut off when it did not. */
    const end = (terminated: boolean): void => {
      if (lastChunk === null) return subscriber.error(nothingArrived(provider.name));
      const calls = openCalls.calls.filter((call) => !isAnswer(call));
      openCalls = noToolCalls;
      for (const call of calls) {
        const tool = terminated ? receive(call, lastChunk) : cutOffTool(context, call);
        push(continuationOf(lastChunk, ++position), tool);
      }
      if (subscriber.closed) return;
      onEnd(lastOfAnswer);
      subscriber.complete();
    };

    const fail = (error: unknown): void => {
      const failure = failureOf(error);
      if (finished && isLoss(failure)) return end(false);
      subscriber.error(withPartial(failure, partial()));
    };

    const receiveEvent = (event: W['event']): void => {
      const delta = provider.decode(event, request);
      const { partials, answer } = delta.toolCalls ? takeIn(delta.toolCalls) : noPieces;
      const said = answer === '' ? delta : { ...delta, content: (delta.content ?? '') + answer };
      const chunk = chunkOf(context, event, said, scheduler.now(), ++position);
      lastChunk = chunk;
      const ended = openCalls.calls.filter((call) => hasEnded(call, delta));
      if (ended.length > 0) openCalls = closeToolCalls(openCalls, (call) => ended.includes(call));
      const finishes = delta.end !== undefined && !finished;
      finished ||= finishes;
      const whole = ended.filter((call) => !isAnswer(call)).map((call) => receive(call, chunk));
      pushAll(chunk, [...partials, ...whole]);
      if (delta.end === 'now') end(true);
      else if (finishes) subscriber.add(scheduler.schedule(() => end(false), options.usageWait));
    };

    /** A provider's functions are total; should one throw, the stream has failed, not the process. */
    const guarded =
      <T>(receiver: (value: T) => void) =>
      (value: T): void => {
        try {
          receiver(value);
        } catch (error) {
          subscriber.error(withPartial(unreadable(provider.name, error), partial()));
        }
      };

    // Who has left is told nothing more, by a synchronous source either.
    const left = new Observable<void>((leave) => subscriber.add(() => leave.next()));
    const wanted = events.pipe(takeUntil(left));
    subscriber.add(
      wanted.subscribe({
        next: guarded(receiveEvent),
        error: guarded(fail),
        complete: () => {
          // Leaving looks like completing from here, and calls that are open then are nobody's.
          if (!subscriber.closed) guarded(end)(true);
        },
      }),
    );
  });
}

type AnyTool<W extends Wire> = Tool<ToolDefinition, W> | PartialTool;

/** What the pieces of tool calls in one event come to. */
interface Pieces {
  readonly partials: readonly PartialTool[];
  /** Text of the answer, where a tool stands for it. */
  readonly answer: string;
}

const noPieces: Pieces = { partials: [], answer: '' };

/**
 * Whether a tuple brings anything of the answer. Why a turn ends is a part of it where it calls tools: they
 * run by that.
 */
const isOfAnswer = <W extends Wire>(
  { content, thinking, refusal, audio, audioTranscript, toolCallDeltas, finishReasons }: Chunk<W>,
  tool: AnyTool<W> | null,
  { totals }: Accumulation<W>,
): boolean =>
  tool !== null ||
  content !== '' ||
  thinking !== '' ||
  refusal !== null ||
  audio !== null ||
  audioTranscript !== null ||
  toolCallDeltas.length > 0 ||
  (finishReasons !== null && totals.tools.length > 0);

/** Not what the provider reports under the same code. */
const isLoss = ({ code, status, providerCode }: StreamError): boolean =>
  lossCodes.has(code) && status === null && providerCode === null;

const hasEnded = <W extends Wire>(call: ToolCall, { endedToolCalls, end }: Delta<W>): boolean =>
  end !== undefined || endedToolCalls === 'all' || (endedToolCalls?.includes(call.index) ?? false);

const nothingArrived = (provider: string): StreamError =>
  new StreamError(provider, {
    code: 'empty',
    message: 'The stream ended without a single chunk',
    retryable: true,
  });

/** The output limit or a filter can fall between a call's name and its arguments: none are not "no arguments". */
const isCutOff = <W extends Wire>(call: ToolCall, { commonFinishReasons }: Chunk<W>): boolean => {
  const [reason] = commonFinishReasons ?? [];
  return call.arguments.trim() === '' && (reason === 'length' || reason === 'content_filter');
};

const unreadable = (provider: string, cause: unknown): StreamError =>
  new StreamError(
    provider,
    { code: 'invalid-response', message: 'The server sent an event that cannot be read' },
    { cause },
  );
