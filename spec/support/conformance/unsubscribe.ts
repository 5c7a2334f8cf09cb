import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
import type { ProviderFixture } from './fixture.ts';
import {
  answerOf,
  shortAnswer,
  shortText,
  streamFrom,
  textOf,
  wholeAnswer,
  withServer,
} from './run.ts';

/** How long closing may take, in ms; measured it is a few, and these machines are busy. */
const closingTime = 1000;

/** Promise 4: unsubscribing closes the socket, in every phase, and nothing comes afterwards. */
export function describeUnsubscribe<W extends Wire>(fixture: ProviderFixture<W>): void {
  const events = fixture.write(shortAnswer).map(({ bytes }) => bytes);
  const first = events[0]!;

  const phases: readonly (readonly [string, Answer])[] = [
    ['before the headers', { ...answerOf(fixture, []), beforeHeaders: [{ stall: true }] }],
    ['before the first event', answerOf(fixture, [{ stall: true }])],
    [
      'in the middle of an event',
      answerOf(fixture, [{ send: first + events[1]!.slice(0, 9) }, { stall: true }]),
    ],
    ['in a stall', answerOf(fixture, [{ send: first }, { stall: true }])],
    ['while events pour in', answerOf(fixture, pouring(first))],
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
    it.each(phases)('should close it %s, and emit nothing more', (_, answer) =>
      withServer(answer, async (server) => {
        let after = 0;
        let left = false;
        const noteIfLeft = (): void => void (left && after++);
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
      }),
    );

    it('should close it after a garbage collection as well', () =>
      withServer(phases[3]![1], async (server) => {
        const subscription = streamFrom(fixture, server).subscribe({ error: () => undefined });
        const request = await server.request();
        await settled();
        globalThis.gc?.();
        await settled();
        subscription.unsubscribe();
        await request.closed;
      }));

    it('should emit nothing of the rest of a network read after take(1)', () =>
      withServer(
        answerOf(fixture, [{ send: first.repeat(50) }, { stall: true }]),
        async (server) => {
          const { values, completed } = await outcomeOf(streamFrom(fixture, server).pipe(take(1)));
          expect({ count: values.length, completed }).toEqual({ count: 1, completed: true });
          await server.requests[0]!.closed;
        },
      ));

    it('should close it when switchMap moves on', () =>
      withServer(
        (_request, position) =>
          position === 0 ? phases[3]![1] : wholeAnswer(fixture, shortAnswer),
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
      withServer(phases[3]![1], async (server) => {
        const { error } = await outcomeOf(streamFrom(fixture, server).pipe(timeout({ each: 40 })));
        expect((error as Error).name).toBe('TimeoutError');
        await (
          await server.request()
        ).closed;
      }));

    it('should close it when another wins the race', () =>
      withServer(phases[0]![1], async (server) => {
        const winner = new Subject<never>();
        const done = outcomeOf(race(streamFrom(fixture, server), winner.pipe(tap())));
        const request = await server.request();
        winner.complete();
        await request.closed;
        expect((await done).completed).toBe(true);
      }));

    it('should close it when the last subscriber of a shared stream leaves', () =>
      withServer(phases[3]![1], async (server) => {
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
      withServer({ status: 503, headers: {}, steps: [] }, async (server) => {
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
      const bytes = fixture.write(acts).map((event) => event.bytes);
      const answer = answerOf(fixture, [{ send: bytes.join('') }, { stall: true }]);
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
        (_request, position) =>
          [phases[3]![1], wholeAnswer(fixture, shortAnswer), cutShort][position]!,
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
      withServer(phases[3]![1], async (server) => {
        const controller = new AbortController();
        const arrived = new Subject<void>();
        const done = outcomeOf(
          streamFrom(fixture, server, { signal: controller.signal }).pipe(
            tap(() => arrived.next()),
          ),
        );
        await new Promise<void>((resolve) => arrived.subscribe(resolve));
        controller.abort();
        const { error } = await done;
        expect(error).toMatchObject({ code: 'aborted', retryable: false });
        expect(error).toHaveProperty('partial.content', 'Hel');
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

  const cutShort = answerOf(fixture, [{ send: first }]);
}

/** The same event over and over, a network read each. */
const pouring = (event: string): readonly Step[] =>
  Array.from({ length: 2000 }, () => ({ send: event }));
