import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import {
  concatMap,
  EMPTY,
  race,
  retry,
  share,
  Subject,
  switchMap,
  take,
  tap,
  timeout,
  timer,
  type Subscription,
} from 'rxjs';
import { tool, type Wire } from 'rx-llm';
import { outcomeOf, settled } from '../outcome.ts';
import type { Answer, Step } from '../loopback-server.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import {
  answerOf,
  joined,
  shortAnswer,
  shortText,
  streamFrom,
  textOf,
  wholeAnswer,
  withServer,
  written,
} from './run.ts';

/** How long closing may take, in ms; measured it is a few, and these machines are busy. */
const closingTime = 1000;

/** Promise 4: unsubscribing closes the socket, in every phase, and nothing comes afterwards. */
export function describeUnsubscribe<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const { events, upTo, textUpTo, untilText } = written(fixture, shortAnswer);
  const begun = upTo(untilText);
  const textEvent = events[untilText - 1]!.bytes;

  const stalled = answerOf(fixture, [{ send: begun }, { stall: true }]);
  const silent: Answer = { ...answerOf(fixture, []), beforeHeaders: [{ stall: true }] };
  const phases: readonly (readonly [string, Answer])[] = [
    ['before the headers', silent],
    ['before the first event', answerOf(fixture, [{ stall: true }])],
    [
      'in the middle of an event',
      answerOf(fixture, [{ send: upTo(untilText + 1).subarray(0, -5) }, { stall: true }]),
    ],
    ['in a stall', stalled],
    ['while events pour in', answerOf(fixture, [{ send: begun }, ...pouring(textEvent)])],
  ];

  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await settled();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  describe('closes the socket when it is unsubscribed from', () => {
    for (const [phase, answer] of phases) {
      it(`should close it ${phase}, and emit nothing more`, () =>
        withServer(answer, async (server) => {
          let after = 0;
          let left = false;
          const noteIfLeft = (): void => {
            if (left) after++;
          };
          const subscription = streamFrom(fixture, server).subscribe({
            next: noteIfLeft,
            error: noteIfLeft,
            complete: noteIfLeft,
          });
          const request = await server.request();
          await settled();
          left = true;
          const start = performance.now();
          subscription.unsubscribe();
          expect((await request.closed) - start).toBeLessThan(closingTime);
          await settled();
          expect(after).toBe(0);
        }));
    }

    it('should close it after a garbage collection as well', () =>
      withServer(stalled, async (server) => {
        const subscription = streamFrom(fixture, server).subscribe({ error: () => undefined });
        const request = await server.request();
        await settled();
        globalThis.gc?.();
        await settled();
        subscription.unsubscribe();
        await request.closed;
      }));

    it('should emit nothing of the rest of a network read after take', () => {
      const burst = joined(begun, ...Array.from({ length: 50 }, () => textEvent));
      return withServer(answerOf(fixture, [{ send: burst }, { stall: true }]), async (server) => {
        let received = 0;
        const stream = streamFrom(fixture, server).pipe(
          tap(() => received++),
          take(untilText),
        );
        expect(await outcomeOf(stream)).toMatchObject({ completed: true });
        await server.requests[0]!.closed;
        expect(received).toBe(untilText);
      });
    });

    it('should close it when switchMap moves on', () =>
      withServer(
        (_request, position) => (position === 0 ? stalled : wholeAnswer(fixture, shortAnswer)),
        async (server) => {
          const questions = new Subject<string>();
          const stream = streamFrom(fixture, server);
          const done = outcomeOf(questions.pipe(switchMap(() => stream)));
          questions.next('first');
          const request = await server.request();
          questions.next('second');
          questions.complete();
          await request.closed;
          const { values, error } = await done;
          expect(error).toBeNull();
          expect(textOf(values)).toContain(shortText);
        },
      ));

    it('should close it when a timeout gives up', () =>
      withServer(stalled, async (server) => {
        const { error } = await outcomeOf(
          streamFrom(fixture, server).pipe(timeout({ first: 4000, each: 40 })),
        );
        expect((error as Error).name).toBe('TimeoutError');
        await (
          await server.request()
        ).closed;
      }));

    it('should close it when another wins the race', () =>
      withServer(silent, async (server) => {
        const winner = new Subject<never>();
        const done = outcomeOf(race(streamFrom(fixture, server), winner.pipe(tap())));
        const request = await server.request();
        winner.complete();
        await request.closed;
        expect((await done).completed).toBe(true);
      }));

    it('should close it when the last subscriber of a shared stream leaves', () =>
      withServer(stalled, async (server) => {
        const shared = streamFrom(fixture, server).pipe(share());
        const subscriptions: Subscription[] = [shared.subscribe(), shared.subscribe()];
        const request = await server.request();
        subscriptions[0]!.unsubscribe();
        await settled();
        expect(request.isClosed()).toBe(false);
        subscriptions[1]!.unsubscribe();
        await request.closed;
        expect(server.requests).toHaveLength(1);
      }));

    it('should send nothing more when it is left in the back-off of a retry', () =>
      withServer(fixture.refuse(503, 'busy'), async (server) => {
        const failed = new Subject<void>();
        const subscription = streamFrom(fixture, server)
          .pipe(
            retry({
              delay: () => {
                failed.next();
                return timer(5);
              },
            }),
          )
          .subscribe();
        await new Promise<void>((resolve) => failed.subscribe(resolve));
        const { length } = server.requests;
        subscription.unsubscribe();
        await outcomeOf(timer(20));
        expect(server.requests).toHaveLength(length);
      }));

    it('should abort a tool that runs, and close the stream it came from', () => {
      const acts = [
        { call: { index: 0, id: 'call_1', name: 'wait', arguments: '{}' } },
        { finish: 'tool_calls' },
      ] as const;
      const { events: called, upTo: calledUpTo } = written(fixture, acts);
      const answer = answerOf(fixture, [{ send: calledUpTo(called.length) }, { stall: true }]);
      return withServer(answer, async (server) => {
        const started = new Subject<AbortSignal>();
        const wait = tool({
          name: 'wait',
          parameters: { type: 'object' },
          execute: (_args, { signal }) => {
            started.next(signal);
            return new Promise<string>(() => undefined);
          },
        });
        const running = new Promise<AbortSignal>((resolve) => started.subscribe(resolve));
        const subscription = streamFrom(fixture, server, { tools: [wait], usageWait: 60_000 })
          .pipe(concatMap(([, called]) => (called?.error === null ? called.call() : EMPTY)))
          .subscribe();
        const signal = await running;
        expect(signal.aborted).toBe(false);
        subscription.unsubscribe();
        expect(signal.aborted).toBe(true);
        await server.requests[0]!.closed;
      });
    });

    it('should leave no listener on a signal that calls share, however they end', () =>
      withServer(
        (_request, position) => [stalled, wholeAnswer(fixture, shortAnswer), cutShort][position]!,
        async (server) => {
          const { signal } = new AbortController();
          const stream = streamFrom(fixture, server, { signal });
          const left = stream.subscribe();
          await server.request(0);
          left.unsubscribe();
          await outcomeOf(stream);
          await outcomeOf(stream);
          expect(server.requests).toHaveLength(3);
          expect(getEventListeners(signal, 'abort')).toHaveLength(0);
        },
      ));

    it('should close it and error when the caller’s signal aborts', () =>
      withServer(stalled, async (server) => {
        const controller = new AbortController();
        const arrived = new Subject<void>();
        const done = outcomeOf(
          streamFrom(fixture, server, { signal: controller.signal }).pipe(
            // Not every event brings text: the partial is that of the first which does.
            tap(([chunk]) => {
              if (chunk.content) arrived.next();
            }),
          ),
        );
        await new Promise<void>((resolve) => arrived.subscribe(resolve));
        controller.abort();
        const { error } = await done;
        expect(error).toMatchObject({ code: 'aborted', retryable: false });
        expect(error).toHaveProperty('partial.content', textUpTo(untilText));
        await server.requests[0]!.closed;
      }));

    it('should send nothing when the caller’s signal has aborted before', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { error } = await outcomeOf(
          streamFrom(fixture, server, { signal: AbortSignal.abort() }),
        );
        expect(error).toMatchObject({ code: 'aborted' });
        expect(server.requests).toHaveLength(0);
      }));
  });

  const cutShort = answerOf(fixture, [{ send: begun }]);
}

/** The same event over and over, a network read each. */
const pouring = (event: Uint8Array): readonly Step[] =>
  Array.from({ length: 2000 }, () => ({ send: event }));
