import { describe, expect } from '@jest/globals';
import { catchError, map, of, type Observable } from 'rxjs';
import { StreamError, type StreamTuple, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
import type { Answer, Step } from '../loopback-server.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import {
  answerOf,
  joined,
  shortAnswer,
  shortText,
  streamFrom,
  textOf,
  withServer,
  written,
} from './run.ts';

/** Promise 3: `complete` only after the provider's own evidence that it has finished. */
export function describeEnd<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const { events, whole, upTo, textUpTo, untilEvidence, untilText } = written(fixture, shortAnswer);

  const endOf = (answer: Answer) =>
    withServer(answer, async (server) => {
      const { values, completed, error } = await outcomeOf(streamFrom(fixture, server));
      return { text: textOf(values), completed, error: error as StreamError | null };
    });

  describe('ends truthfully', () => {
    const endings: readonly (readonly [string, readonly Step[]])[] = [
      ['a clean end of the body', []],
      ['a closed connection', [{ cut: 'close' }]],
      ['a reset connection', [{ cut: 'reset' }]],
    ];

    for (const [name, ending] of endings) {
      it(`should error when ${name} cuts the stream before its end shows`, async () => {
        for (let count = 0; count < untilEvidence; count++) {
          const steps = [...(count > 0 ? [{ send: upTo(count) }] : []), ...ending];
          const { text, completed, error } = await endOf(answerOf(fixture, steps));
          expect({ count, completed, text }).toEqual({
            count,
            completed: false,
            text: textUpTo(count),
          });
          expect(error).toBeInstanceOf(StreamError);
          expect(['truncated', 'connection']).toContain(error?.code);
          expect(error?.retryable).toBe(true);
          expect(error?.partial?.content ?? '').toBe(text);
          expect(error?.partial?.interrupted ?? true).toBe(true);
        }
      });
    }

    it('should error when the stream is cut inside an event', async () => {
      const half = upTo(untilText + 1).subarray(0, -5);
      const { completed, error } = await endOf(answerOf(fixture, [{ send: half }]));
      expect(completed).toBe(false);
      expect(error).toMatchObject({ code: 'truncated' });
      expect(error?.partial?.content).toBe(textUpTo(untilText));
    });

    it('should complete when the connection is lost after the end has shown', async () => {
      for (const [, ending] of endings) {
        const send = upTo(untilEvidence);
        const { text, completed } = await endOf(
          answerOf(fixture, [{ send }, { wait: 20 }, ...ending]),
        );
        expect({ text, completed }).toEqual({ text: shortText, completed: true });
      }
    });

    it('should complete at the terminator though the server keeps the socket open', () =>
      withServer(answerOf(fixture, [{ send: whole }, { stall: true }]), async (server) => {
        const { completed, values } = await outcomeOf(
          streamFrom(fixture, server, { usageWait: 60_000 }),
        );
        expect(completed).toBe(true);
        expect(values).toHaveLength(events.length);
        await (
          await server.request()
        ).closed;
      }));

    it('should wait for usage only as long as it is told when the server then falls silent', () => {
      const send = upTo(untilEvidence);
      return withServer(answerOf(fixture, [{ send }, { stall: true }]), async (server) => {
        const { completed, values } = await outcomeOf(
          streamFrom(fixture, server, { usageWait: 5 }),
        );
        expect(completed).toBe(true);
        expect(textOf(values)).toBe(shortText);
        await (
          await server.request()
        ).closed;
      });
    });

    it('should deliver an error the server reports inside the stream', async () => {
      const send = joined(
        upTo(untilText),
        fixture.writeError('the model is on fire'),
        fixture.terminator,
      );
      const { text, completed, error } = await endOf(answerOf(fixture, [{ send }]));
      expect(completed).toBe(false);
      expect(text).toBe(textUpTo(untilText));
      expect(error?.detail).toBe('the model is on fire');
      expect(error?.partial?.content).toBe(text);
      expect(error?.cause).toBeInstanceOf(Error);
    });

    const { 'content-type': streamType = '' } = fixture.headers;
    const notStreams: readonly (readonly [string, string, Uint8Array | string])[] = [
      ['an empty body', streamType, ''],
      ['a web page', 'text/html; charset=utf-8', '<html><body>Please log in</body></html>'],
      ['a JSON document', 'application/json', '{"message":"hello"}'],
      ['a broken event', streamType, fixture.garbage],
    ];

    for (const [name, contentType, body] of notStreams) {
      it(`should error for ${name} under status 200`, async () => {
        const { completed, error, text } = await endOf({
          headers: { 'content-type': contentType },
          steps: body === '' ? [] : [{ send: body }],
        });
        expect({ completed, text }).toEqual({ completed: false, text: '' });
        expect(error).toBeInstanceOf(StreamError);
        expect(error?.code).toMatch(/^(truncated|empty|invalid-response)$/);
      });
    }

    it('should deliver an error document under status 200 as the error it is', async () => {
      const { completed, error } = await endOf({
        ...fixture.refuse(404, 'no such deployment'),
        status: 200,
      });
      expect(completed).toBe(false);
      expect(error?.message).toContain('no such deployment');
    });

    it('should carry what had arrived whatever operators are in the pipe', async () => {
      const answer = answerOf(fixture, [{ send: upTo(untilText) }]);
      const partialOf = (stream: Observable<unknown>) =>
        stream.pipe(catchError((error: unknown) => of((error as StreamError).partial?.content)));
      const pipes: ((stream: Observable<StreamTuple<W, never>>) => Observable<unknown>)[] = [
        (stream) => stream,
        (stream) => stream.pipe(map(([chunk]) => chunk.content)),
        (stream) => stream.pipe(toCallResponse()),
      ];
      for (const pipe of pipes) {
        const { values } = await withServer(answer, (server) =>
          outcomeOf(partialOf(pipe(streamFrom(fixture, server)))),
        );
        expect(values.at(-1)).toBe(textUpTo(untilText));
      }
    });
  });
}
