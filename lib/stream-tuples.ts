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
import type { Delta } from './delta.ts';
import { closeToolCalls, continueToolCalls, noToolCalls } from './open-tool-calls.ts';
import { cutOffTool } from './cut-off-tool.ts';
import { interruptedSnapshotOf } from './snapshot.ts';
import { StreamError, withPartial, type ErrorCode } from './stream-error.ts';
import { receiveTool, type Tool, type ToolDefinition } from './tool.ts';
import type { ToolCall } from './tool-call.ts';
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
 * Emits a tuple per event, and a continuation for each further tool call an event finished. Completes
 * when `events` completes (the terminator), or after evidence of the end: at once, after `usageWait`, or
 * when the connection is lost. Errors otherwise, with what had arrived.
 *
 * @param failureOf makes a `StreamError` of whatever `events` errors with
 * @param onEnd called once the stream has ended truthfully, just before it completes
 */
export function streamTuples<W extends Wire>(
  context: CallContext<W>,
  events: Observable<W['event']>,
  options: StreamOptions,
  failureOf: (error: unknown) => StreamError,
  onEnd: () => void,
): Observable<StreamTuple<W>> {
  const { provider, tools: definitions, request } = context;
  const { scheduler } = options;
  return new Observable((subscriber) => {
    let accumulation: Accumulation<W> | null = null;
    let openCalls = noToolCalls;
    let lastChunk: Chunk<W> | null = null;
    let finished = false;

    const push = (chunk: Chunk<W>, tool: Tool<ToolDefinition, W> | null): void => {
      accumulation = accumulateTuple(accumulation, [chunk, tool]);
      const failed = options.invalidTools === 'error' ? (tool?.error ?? null) : null;
      if (failed === null) return subscriber.next([chunk, tool]);
      if (!chunk.continuation) subscriber.next([chunk, null]);
      subscriber.error(withPartial(failed, partial()));
    };

    /** The first call rides on the event's own chunk, the further ones on continuations. */
    const emit = (chunk: Chunk<W>, [first, ...more]: readonly ToolCall[]): void => {
      push(chunk, first ? receive(first, chunk) : null);
      for (const call of more) push(continuationOf(chunk), receive(call, chunk));
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
      const { calls } = openCalls;
      openCalls = noToolCalls;
      for (const call of calls) {
        const tool = terminated ? receive(call, lastChunk) : cutOffTool(context, call);
        push(continuationOf(lastChunk), tool);
      }
      if (subscriber.closed) return;
      onEnd();
      subscriber.complete();
    };

    const fail = (error: unknown): void => {
      const failure = failureOf(error);
      if (finished && isLoss(failure)) return end(false);
      subscriber.error(withPartial(failure, partial()));
    };

    const receiveEvent = (event: W['event']): void => {
      const delta = provider.decode(event, request);
      const chunk = chunkOf(context, event, delta, scheduler.now());
      lastChunk = chunk;
      if (delta.toolCalls) openCalls = delta.toolCalls.reduce(continueToolCalls, openCalls);
      const ended = openCalls.calls.filter((call) => hasEnded(call, delta));
      if (ended.length > 0) openCalls = closeToolCalls(openCalls, (call) => ended.includes(call));
      const finishes = delta.end !== undefined && !finished;
      finished ||= finishes;
      emit(chunk, ended);
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
        complete: () => guarded(end)(true),
      }),
    );
  });
}

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
