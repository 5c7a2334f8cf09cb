import { inspect } from 'node:util';
import { describe, expect } from '@jest/globals';
import { StreamError, type Wire } from 'rx-llm';
import { outcomeOf } from '../outcome.ts';
import type { Answer } from '../loopback-server.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import { callTo, answerOf, shortAnswer, streamFrom, withServer, written } from './run.ts';

/** Promises 9 and 10, for errors: structured, with the SDK's own as their cause, and without secrets. */
export function describeFailures<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const errorOf = async (answer: Answer): Promise<StreamError> => {
    const { error } = await withServer(answer, (server) => outcomeOf(streamFrom(fixture, server)));
    expect(error).toBeInstanceOf(StreamError);
    return error as StreamError;
  };
  const refusal = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => {
    const answer = fixture.refuse(status, 'that will not do');
    return { ...answer, headers: { ...answer.headers, ...headers } };
  };

  describe('fails in a structured way', () => {
    const statuses = [
      [400, 'invalid-request', false],
      [401, 'authentication', false],
      [403, 'permission', false],
      [404, 'not-found', false],
      [429, 'rate-limit', true],
      [500, 'server', true],
      [503, 'overloaded', true],
    ] as const;
    for (const [status, code, retryable] of statuses) {
      it(`should tell status ${status} as ${code}`, async () => {
        const error = await errorOf(refusal(status));
        expect(error).toMatchObject({
          code,
          status,
          retryable,
          provider: fixture.name,
          detail: 'that will not do',
          partial: null,
        });
        expect(error.cause).toBeInstanceOf(fixture.sdkError);
        expect(error.message).toContain(`[${fixture.name}] ${status} that will not do.`);
      });
    }

    it('should tell how long to wait, in ms', async () => {
      expect(await errorOf(refusal(429, { 'retry-after': '7' }))).toMatchObject({
        retryAfter: 7000,
      });
      expect(await errorOf(refusal(429))).toMatchObject({ retryAfter: null });
    });

    it('should send a request once, and leave retrying to the caller', () =>
      withServer(refusal(500), async (server) => {
        await outcomeOf(streamFrom(fixture, server));
        expect(server.requests).toHaveLength(1);
      }));

    it('should tell an unreachable host as a failed connection', async () => {
      const { error } = await outcomeOf(
        callTo(fixture, 'http://127.0.0.1:1', {}, () => 'Hello there')(),
      );
      expect(error).toMatchObject({ code: 'connection', retryable: true });
      expect((error as StreamError).message).toMatch(/ECONNREFUSED|bad port/);
    });

    it('should tell a connection that breaks before the headers', async () => {
      const error = await errorOf({ ...answerOf(fixture, []), beforeHeaders: [{ cut: 'reset' }] });
      expect(error).toMatchObject({ code: 'connection', retryable: true });
    });

    it('should show neither key nor prompt, even when the provider quotes them', async () => {
      const quoting = `Incorrect key ${fixture.key} for prompt "Hello there"`;
      const error = await errorOf(fixture.refuse(401, quoting));
      for (const shown of [error.message, error.detail, inspect(error), JSON.stringify(error)]) {
        expect(shown).not.toContain(fixture.key);
        expect(shown).not.toContain('Hello there');
      }
    });

    it('should show no conversation in the log of an error that carries it', async () => {
      const { upTo, textUpTo, untilText } = written(fixture, shortAnswer);
      const error = await errorOf(answerOf(fixture, [{ send: upTo(untilText) }]));
      expect(error.partial?.content).toBe(textUpTo(untilText));
      expect(inspect(error, { depth: 10 })).not.toContain('Hello there');
      expect(JSON.stringify(error)).not.toContain('Hello there');
      expect(Object.keys(error)).not.toContain('partial');
    });
  });
}
