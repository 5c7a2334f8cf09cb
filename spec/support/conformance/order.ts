import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import type { Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
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

/** Promise 2: one tuple per event of the wire, in order. */
export function describeOrder<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const { events, whole } = written(fixture, shortAnswer);

  describe('gives one tuple per event', () => {
    it('should give the text in order and a tuple for every event', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { values, completed } = await outcomeOf(streamFrom(fixture, server));
        expect(completed).toBe(true);
        expect(values).toHaveLength(events.length);
        expect(textOf(values)).toBe(shortText);
        for (const [chunk] of values) expect(`${chunk}`).toBe(chunk.content);
      }));

    it('should not take keep-alives for events', () =>
      withServer(
        answerOf(fixture, [
          {
            send: joined(
              ...events.flatMap(({ bytes }) => [fixture.keepAlive, bytes]),
              fixture.terminator,
            ),
          },
        ]),
        async (server) => {
          const { values } = await outcomeOf(streamFrom(fixture, server));
          expect(values).toHaveLength(events.length);
        },
      ));

    it('should read the same whatever pieces the bytes come in', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 30 }), (cuts) => {
          const borders = [0, ...cuts.sort((a, b) => a - b), whole.length];
          const steps = borders
            .slice(1)
            .map((end, position) => ({ send: whole.subarray(borders[position], end) }));
          return withServer(answerOf(fixture, steps), async (server) => {
            const { values } = await outcomeOf(streamFrom(fixture, server));
            expect(values).toHaveLength(events.length);
            expect(textOf(values)).toBe(shortText);
          });
        }),
        { numRuns: 15 },
      );
    });

    it('should keep thinking apart from the text', () => {
      const acts = [{ thinking: 'Hm, ' }, { thinking: 'yes.' }, { text: 'Yes' }] as const;
      const answer = wholeAnswer(fixture, [...acts, { finish: 'stop' }]);
      return withServer(answer, async (server) => {
        const { values } = await outcomeOf(streamFrom(fixture, server).pipe(toCallResponse()));
        expect(values[0]).toMatchObject({ thinking: 'Hm, yes.', content: 'Yes', refusal: null });
      });
    });

    it('should keep a refusal apart from the text', () => {
      const acts = [{ refusal: 'I will ' }, { refusal: 'not.' }, { finish: 'stop' }] as const;
      return withServer(wholeAnswer(fixture, acts), async (server) => {
        const { values } = await outcomeOf(streamFrom(fixture, server).pipe(toCallResponse()));
        expect(values[0]).toMatchObject({ refusal: 'I will not.', content: '' });
      });
    });
  });
}
