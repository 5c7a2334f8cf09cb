import { describe, expect, it } from '@jest/globals';
import { catchError, map, of, type Observable } from 'rxjs';
import { StreamError, type StreamTuple, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { outcomeOf } from '../outcome.ts';
import type { Answer, Step } from '../loopback-server.ts';
import { itUnlessSkipped, type ProviderFixture } from './fixture.ts';
import { answerOf, shortAnswer, shortText, streamFrom, textOf, withServer } from './run.ts';

/** Promise 3: `complete` only after the provider's own evidence that it has finished. */
export function describeEnd<W extends Wire>(fixture: ProviderFixture<W>): void {
  const events = fixture.write(shortAnswer);
  const upTo = (count: number): string =>
    events
      .slice(0, count)
      .map(({ bytes }) => bytes)
      .join('');
  const firstEvidence = events.findIndex(({ evidence }) => evidence);
  const all = upTo(events.length) + fixture.terminator;

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

    it.each(endings)(
      'should error when %s cuts the stream before its end shows',
      async (_, ending) => {
        for (let count = 0; count <= firstEvidence; count++) {
          const steps = [...(count > 0 ? [{ send: upTo(count) }] : []), ...ending];
          const { text, completed, error } = await endOf(answerOf(fixture, steps));
          expect({ count, completed }).toEqual({ count, completed: false });
          expect(error).toBeInstanceOf(StreamError);
          expect(['truncated', 'connection']).toContain(error?.code);
          expect(error?.retryable).toBe(true);
          expect(error?.partial?.content ?? '').toBe(text);
          expect(error?.partial?.interrupted ?? true).toBe(true);
        }
      },
    );

    it('should error when the stream is cut inside an event', async () => {
      const half = upTo(2).length - 5;
      const { completed, error } = await endOf(
        answerOf(fixture, [{ send: upTo(2).slice(0, half) }]),
      );
      expect(completed).toBe(false);
      expect(error).toMatchObject({ code: 'truncated' });
      expect(error?.partial?.content).toBe('Hel');
    });

    it('should complete when the connection is lost after the end has shown', async () => {
      for (const [, ending] of endings) {
        const send = upTo(firstEvidence + 1);
        const { text, completed } = await endOf(
          answerOf(fixture, [{ send }, { wait: 20 }, ...ending]),
        );
        expect({ text, completed }).toEqual({ text: shortText, completed: true });
      }
    });

    itUnlessSkipped(fixture, 'terminator')(
      'should complete at the terminator though the server keeps the socket open',
      () =>
        withServer(answerOf(fixture, [{ send: all }, { stall: true }]), async (server) => {
          const { completed, values } = await outcomeOf(
            streamFrom(fixture, server, { usageWait: 60_000 }),
          );
          expect(completed).toBe(true);
          expect(values).toHaveLength(events.length);
          await (
            await server.request()
          ).closed;
        }),
    );

    it('should wait for usage only as long as it is told when the server then falls silent', () => {
      const send = upTo(firstEvidence + 1);
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
      const send = upTo(2) + fixture.writeError('the model is on fire') + fixture.terminator;
      const { text, completed, error } = await endOf(answerOf(fixture, [{ send }]));
      expect(completed).toBe(false);
      expect(text).toBe('Hello, ');
      expect(error?.detail).toBe('the model is on fire');
      expect(error?.partial?.content).toBe('Hello, ');
      expect(error?.cause).toBeInstanceOf(Error);
    });

    const notStreams: readonly (readonly [string, string, string])[] = [
      ['an empty body', fixture.headers['content-type'] ?? 'text/event-stream', ''],
      ['a web page', 'text/html; charset=utf-8', '<html><body>Please log in</body></html>'],
      ['a JSON document', 'application/json', '{"message":"hello"}'],
      ['an event that is not JSON', fixture.headers['content-type'] ?? '', 'data: {"a":\n\n'],
    ];

    it.each(notStreams)('should error for %s under status 200', async (_, contentType, body) => {
      const { completed, error, text } = await endOf({
        headers: { 'content-type': contentType },
        steps: body === '' ? [] : [{ send: body }],
      });
      expect({ completed, text }).toEqual({ completed: false, text: '' });
      expect(['truncated', 'invalid-response']).toContain(error?.code);
    });

    it('should deliver an error document under status 200 as the error it is', async () => {
      const { completed, error } = await endOf({
        headers: { 'content-type': 'application/json' },
        steps: [{ send: fixture.writeHttpError('no such deployment') }],
      });
      expect(completed).toBe(false);
      expect(error?.message).toContain('no such deployment');
    });

    it('should carry what had arrived whatever operators are in the pipe', async () => {
      const answer = answerOf(fixture, [{ send: upTo(2) }]);
      const partialOf = (stream: Observable<unknown>) =>
        stream.pipe(catchError((error: StreamError) => of(error.partial?.content)));
      const pipes: ((stream: Observable<StreamTuple<W, never>>) => Observable<unknown>)[] = [
        (stream) => stream,
        (stream) => stream.pipe(map(([chunk]) => chunk.content)),
        (stream) => stream.pipe(toCallResponse()),
      ];
      for (const pipe of pipes) {
        const { values } = await withServer(answer, (server) =>
          outcomeOf(partialOf(pipe(streamFrom(fixture, server)))),
        );
        expect(values.at(-1)).toBe('Hello, ');
      }
    });
  });
}
