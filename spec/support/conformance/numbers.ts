import { describe, expect } from '@jest/globals';
import type { Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type Act, type ProviderFixture } from './fixture.ts';
import { shortAnswer, streamFrom, wholeAnswer, withServer } from './run.ts';

/** Promise 6: honest numbers. */
export function describeNumbers<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const responseTo = (acts: readonly Act[]) =>
    withServer(wholeAnswer(fixture, acts), async (server) => {
      const stream = streamFrom(fixture, server).pipe(toCallResponse());
      const { values, error } = await outcomeOf(stream);
      expect(error).toBeNull();
      return values[0]!;
    });

  describe('gives honest numbers', () => {
    it('should give the counts in common terms and in the provider’s own', async () => {
      const response = await responseTo(shortAnswer);
      expect(response.commonUsage).toMatchObject({
        inputTokens: 9,
        outputTokens: 4,
        totalTokens: 13,
        cachedTokens: 2,
        reasoningTokens: 1,
      });
      expect(response).toMatchObject({ inputTokens: 9, outputTokens: 4, cachedTokens: 2 });
      expect(response.usage).not.toBeNull();
    });

    it('should say null, not 0, for what the provider did not say', async () => {
      const response = await responseTo([{ text: 'Hi' }, { finish: 'stop' }]);
      expect(response).toMatchObject({
        usage: null,
        commonUsage: null,
        inputTokens: null,
        outputTokens: null,
        cachedTokens: null,
      });
    });

    it('should take the last counts, never their sum', async () => {
      const response = await responseTo([
        { usage: { input: 9, output: 1 } },
        { text: 'Hi' },
        { usage: { input: 9, output: 2 } },
        { finish: 'stop' },
        { usage: { input: 9, output: 3 } },
      ]);
      expect(response.commonUsage).toMatchObject({
        inputTokens: 9,
        outputTokens: 3,
        totalTokens: 12,
      });
    });

    it('should time the stream', async () => {
      const { startTime, endTime, timeToFirstChunk } = await responseTo(shortAnswer);
      expect(Math.abs(Date.now() - startTime)).toBeLessThan(60_000);
      expect(timeToFirstChunk).toBeGreaterThanOrEqual(0);
      expect(endTime - startTime).toBeGreaterThanOrEqual(timeToFirstChunk);
    });
  });
}
