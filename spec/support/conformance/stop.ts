import { describe, expect } from '@jest/globals';
import {
  delay,
  map,
  Subject,
  take,
  takeUntil,
  takeWhile,
  tap,
  type MonoTypeOperatorFunction,
} from 'rxjs';
import type { StreamTuple, Wire } from 'rx-llm';
import { accumulate, takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import {
  answerOf,
  shortAnswer,
  shortText,
  streamFrom,
  wholeAnswer,
  withServer,
  written,
} from './run.ts';

/** Promise 5: stopping early keeps the result. */
export function describeStop<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const { upTo, untilText } = written(fixture, shortAnswer);
  const stalled = answerOf(fixture, [{ send: upTo(untilText) }, { stall: true }]);

  type Stop = MonoTypeOperatorFunction<StreamTuple<W, never>>;
  const stops: readonly (readonly [string, Stop])[] = [
    ['take', take(untilText)],
    ['takeWhile', takeWhile(([chunk]) => chunk.content !== 'Hel', true)],
    ['takeUntil', untilTextHasArrived()],
    ['takeUntilContains', takeUntilContains('Hel')],
  ];

  describe('keeps the result when it is stopped early', () => {
    for (const [name, stop] of stops) {
      it(`should give what arrived, marked interrupted, after ${name}`, () =>
        withServer(stalled, async (server) => {
          const { values, error } = await outcomeOf(
            streamFrom(fixture, server).pipe(stop, toCallResponse()),
          );
          expect(error).toBeNull();
          expect(values).toHaveLength(1);
          expect(values[0]).toMatchObject({
            content: 'Hel',
            interrupted: true,
            finishReasons: null,
          });
          expect(values[0]!.response).toBeDefined();
          expect(values[0]!.messageParam).toBeDefined();
          await server.requests[0]!.closed;
        }));
    }

    it('should give the whole response, not interrupted, when the stream finished', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { values } = await outcomeOf(streamFrom(fixture, server).pipe(toCallResponse()));
        expect(values).toHaveLength(1);
        expect(values[0]).toMatchObject({
          content: shortText,
          interrupted: false,
          provider: fixture.name,
          commonFinishReasons: ['stop'],
        });
        expect(`${values[0]!}`).toBe(shortText);
      }));

    it('should cut the message for the next turn where the text was cut', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { values } = await outcomeOf(
          streamFrom(fixture, server).pipe(takeUntilContains('lo'), toCallResponse()),
        );
        expect(values[0]!.content).toBe('Hello');
        expect(JSON.stringify(values[0]!.messageParam)).toContain('Hello');
        expect(JSON.stringify(values[0]!.messageParam)).not.toContain(', ');
      }));

    it('should grow snapshots that never change', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { values } = await outcomeOf(
          streamFrom(fixture, server).pipe(
            accumulate(),
            map((snapshot) => ({ snapshot, then: JSON.stringify(snapshot) })),
          ),
        );
        expect(values.at(-1)!.snapshot.content).toBe(shortText);
        for (const { snapshot, then } of values) expect(JSON.stringify(snapshot)).toBe(then);
      }));
  });
}

/** Ends the stream from outside, a moment after its first text. */
const untilTextHasArrived = <W extends Wire>(): MonoTypeOperatorFunction<StreamTuple<W, never>> => {
  const arrived = new Subject<void>();
  return (source) =>
    source.pipe(
      tap(([chunk]) => {
        if (chunk.content) arrived.next();
      }),
      takeUntil(arrived.pipe(delay(0))),
    );
};
