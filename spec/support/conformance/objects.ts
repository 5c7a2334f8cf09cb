import { describe, expect } from '@jest/globals';
import type { Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import { shortAnswer, streamFrom, wholeAnswer, withServer } from './run.ts';

/** Promise 9: the provider's own objects stay reachable, and the call rides along. */
export function describeObjects<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);

  describe('keeps the provider’s own objects', () => {
    it('should carry the call on every chunk', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const metadata = { tag: 'greeting' };
        const { values } = await outcomeOf(streamFrom(fixture, server, { metadata }));
        const calls = new Set(values.map(([chunk]) => chunk.call));
        expect(calls.size).toBe(1);
        const [call] = calls;
        expect(call).toMatchObject({ metadata, model: expect.any(String) });
        expect(call!.provider.name).toBe(fixture.name);
        expect(call!.messages).toHaveLength(1);
        expect(call!.ended()).toBe(true);
      }));

    it('should give the response, the messages and the call’s data', () =>
      withServer(wholeAnswer(fixture, shortAnswer), async (server) => {
        const { values } = await outcomeOf(
          streamFrom(fixture, server, { metadata: { tag: 1 } }).pipe(toCallResponse()),
        );
        const response = values[0]!;
        expect(response.metadata).toEqual({ tag: 1 });
        expect(response.userMessageParam).toBe(response.messages.at(-1));
        expect(response.commonUserMessageParam).toEqual({ role: 'user', content: 'Hello there' });
        expect(response.commonMessages).toHaveLength(1);
        expect(response.commonMessageParam).toEqual({
          role: 'assistant',
          content: [{ type: 'text', text: response.content }],
        });
        expect(response.response).toBe(response.response);
        expect(response.tool).toBeNull();
        expect(response.audio).toBeNull();
        expect(response.callParams).toBeDefined();
      }));
  });
}
