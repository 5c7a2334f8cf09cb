import { describe, expect } from '@jest/globals';
import { EMPTY, NEVER, of, retry, throwError } from 'rxjs';
import { StreamError, type Prompt, type Wire } from 'rx-llm';
import { outcomeOf, settled } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import {
  callTo,
  shortAnswer,
  shortText,
  streamFrom,
  textOf,
  wholeAnswer,
  withServer,
} from './run.ts';

/** Promise 1: nothing happens before `subscribe`, and every subscription is a request of its own. */
export function describeCold<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const answer = wholeAnswer(fixture, shortAnswer);

  describe('is cold', () => {
    it('should neither run the prompt nor send a request before it is subscribed to', () =>
      withServer(answer, async (server) => {
        let prompts = 0;
        const stream = callTo(fixture, server.url, {}, () => {
          prompts++;
          return 'Hello there';
        })();
        await settled();
        expect(prompts).toBe(0);
        expect(server.requests).toHaveLength(0);
        await outcomeOf(stream);
        expect(prompts).toBe(1);
        expect(server.requests).toHaveLength(1);
      }));

    it('should send one request per subscription, each with its own state', () =>
      withServer(answer, async (server) => {
        const stream = streamFrom(fixture, server);
        const outcomes = await Promise.all([outcomeOf(stream), outcomeOf(stream)]);
        expect(outcomes.map(({ values }) => textOf(values))).toEqual([shortText, shortText]);
        expect(server.requests).toHaveLength(2);
        const calls = outcomes.map(({ values }) => values[0]![0].call);
        expect(calls[0]).not.toBe(calls[1]);
      }));

    it('should send the prompt as the user’s message', () =>
      withServer(answer, async (server) => {
        await outcomeOf(callTo(fixture, server.url, {}, (name: string) => `Hello ${name}`)('Oslo'));
        expect(fixture.promptIn(server.requests[0]!.body)).toBe('Hello Oslo');
      }));

    it('should take a prompt from a promise, an Observable, parts or messages', () =>
      withServer(answer, async (server) => {
        const prompts: readonly Prompt<[], W>[] = [
          () => Promise.resolve('Hello'),
          () => of('Hello', 'ignored'),
          () => [{ type: 'text', text: 'Hello' }],
          () => [{ role: 'user', content: 'Hello' }],
        ];
        for (const prompt of prompts) await outcomeOf(callTo(fixture, server.url, {}, prompt)());
        expect(server.requests.map(({ body }) => fixture.promptIn(body))).toEqual(
          prompts.map(() => 'Hello'),
        );
      }));

    it('should deliver a failing prompt as an error and send nothing', () =>
      withServer(answer, async (server) => {
        const failure = new Error('no genre');
        const prompts = [
          () => {
            throw failure;
          },
          () => Promise.reject(failure),
          () => throwError(() => failure),
        ];
        for (const prompt of prompts) {
          const { error } = await outcomeOf(callTo(fixture, server.url, {}, prompt)());
          expect(error).toBeInstanceOf(StreamError);
          expect(error).toMatchObject({ code: 'prompt', provider: fixture.name, cause: failure });
        }
        expect(server.requests).toHaveLength(0);
      }));

    it('should deliver a prompt that gives nothing as an error', async () => {
      for (const prompt of [() => EMPTY, () => [], () => undefined as never]) {
        const { error } = await outcomeOf(callTo(fixture, 'http://127.0.0.1:9', {}, prompt)());
        expect(error).toMatchObject({ code: 'prompt' });
      }
    });

    it('should leave a prompt that never answers when it is unsubscribed from', async () => {
      const subscription = callTo(fixture, 'http://127.0.0.1:9', {}, () => NEVER)().subscribe();
      subscription.unsubscribe();
      await settled();
      expect(subscription.closed).toBe(true);
    });

    it('should start anew on retry', () => {
      const refused = fixture.refuse(503, 'busy');
      return withServer(
        (_request, position) => (position === 0 ? refused : answer),
        async (server) => {
          const { values, error } = await outcomeOf(streamFrom(fixture, server).pipe(retry(1)));
          expect(error).toBeNull();
          expect(textOf(values)).toBe(shortText);
          expect(server.requests).toHaveLength(2);
        },
      );
    });
  });
}
