import { describe, expect } from '@jest/globals';
import { catchError, lastValueFrom, map, share, shareReplay, take, tap, toArray } from 'rxjs';
import type { Wire } from 'rx-llm';
import { accumulate, takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { contents, cut, fail, scriptedProvider, text } from 'rx-llm/testing';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import {
  answerOf,
  callTo,
  shortAnswer,
  shortText,
  streamFrom,
  textOf,
  wholeAnswer,
  withServer,
  written,
} from './run.ts';

/** Streams behave under the operators of RxJS: shared, watched, and replaced by another's. */
export function describeComposition<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const answer = wholeAnswer(fixture, shortAnswer);
  const { upTo, untilText } = written(fixture, shortAnswer);
  const cutShort = answerOf(fixture, [{ send: upTo(untilText) }]);

  describe('composes', () => {
    it('should be one request for all who share it', () =>
      withServer(answer, async (server) => {
        const shared = streamFrom(fixture, server).pipe(share());
        const outcomes = await Promise.all([outcomeOf(shared), outcomeOf(shared)]);
        expect(outcomes.map(({ values }) => textOf(values))).toEqual([shortText, shortText]);
        expect(server.requests).toHaveLength(1);
      }));

    it('should give everything to a late subscriber of a replayed stream, without a request', () =>
      withServer(answer, async (server) => {
        const replayed = streamFrom(fixture, server).pipe(
          shareReplay({ bufferSize: Infinity, refCount: false }),
        );
        const early = await outcomeOf(replayed);
        const late = await outcomeOf(replayed.pipe(toCallResponse()));
        expect(late.values[0]).toMatchObject({ content: shortText, interrupted: false });
        expect(textOf(early.values)).toBe(shortText);
        expect(server.requests).toHaveLength(1);
      }));

    it('should tell a watcher of exactly one end, whichever it is', () =>
      withServer(
        (_request, position) => (position === 1 ? cutShort : answer),
        async (server) => {
          const seen: string[] = [];
          const watched = streamFrom(fixture, server).pipe(
            tap({
              subscribe: () => seen.push('subscribe'),
              complete: () => seen.push('complete'),
              error: () => seen.push('error'),
              unsubscribe: () => seen.push('unsubscribe'),
            }),
          );
          await outcomeOf(watched);
          await outcomeOf(watched);
          await outcomeOf(watched.pipe(take(1)));
          await outcomeOf(watched.pipe(takeUntilContains('Hel')));
          expect(seen).toEqual([
            'subscribe',
            'complete',
            'subscribe',
            'error',
            'subscribe',
            'unsubscribe',
            'subscribe',
            'unsubscribe',
          ]);
        },
      ));

    it('should take over from another provider that failed before the first chunk, or after it', () =>
      withServer(answer, async (server) => {
        for (const script of [
          [fail({ code: 'overloaded', status: 503 })],
          [text('Half '), cut()],
        ]) {
          const first = scriptedProvider(script).call(
            'scripted',
            (name: string) => `Hello ${name}`,
          );
          const options = { model: 'test-model', ...fixture.connection(server.url) };
          const second = first.with(fixture.caller, options);
          const response = await lastValueFrom(
            first('Ada').pipe(
              accumulate(),
              map(({ provider, content }) => ({ provider, content })),
              catchError(() =>
                second('Ada').pipe(
                  accumulate(),
                  map(({ provider, content }) => ({ provider, content })),
                ),
              ),
            ),
          );
          expect(response).toEqual({ provider: fixture.name, content: shortText });
        }
        expect(server.requests.map(({ body }) => fixture.promptIn(body))).toEqual([
          'Hello Ada',
          'Hello Ada',
        ]);
      }));

    it('should be replaced by another provider when it fails itself', () =>
      withServer(cutShort, async (server) => {
        const first = callTo(fixture, server.url, {}, (name: string) => `Hello ${name}`);
        const second = first.with(scriptedProvider('Hello from here.'), 'scripted-model');
        const texts = await lastValueFrom(
          first('Ada').pipe(
            toCallResponse(),
            contents(),
            catchError(() => second('Ada').pipe(toCallResponse(), contents())),
            toArray(),
          ),
        );
        expect(texts).toEqual(['Hello from here.']);
      }));

    it('should keep the finish reason when usage comes after it', () =>
      withServer(answer, async (server) => {
        const { values } = await outcomeOf(streamFrom(fixture, server).pipe(accumulate()));
        expect(values.at(-1)).toMatchObject({ commonFinishReasons: ['stop'], inputTokens: 9 });
        expect(values[0]!.commonFinishReasons).toBeNull();
      }));
  });
}
