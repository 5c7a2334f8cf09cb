import { describe, expect } from '@jest/globals';
import { firstValueFrom, lastValueFrom, NEVER, shareReplay, Subject, takeWhile } from 'rxjs';
import { tool, type StreamError, type Wire } from 'rx-llm';
import { accumulate, continueOnLength, runTools, toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type Act, type ProviderFixture } from './fixture.ts';
import { callTo, streamFrom, wholeAnswer, withServer } from './run.ts';

const city = z.object({ city: z.string() });
const weather = tool({
  name: 'weather',
  parameters: city,
  execute: ({ city }) => `rain in ${city}`,
});
const broken = tool({
  name: 'broken',
  parameters: z.object({}),
  execute: () => {
    throw new Error('out of order');
  },
});

const calls = (...named: readonly (readonly [name: string, args: string])[]): readonly Act[] => [
  ...named.map(([name, args], index) => ({
    call: { index, id: `call_${index + 1}`, name, arguments: args },
  })),
  { finish: 'tool_calls' },
];

const said = (text: string, reason: 'stop' | 'length' = 'stop'): readonly Act[] => [
  { text },
  { finish: reason },
  { usage: { input: 10, output: 2 } },
];

/** Several requests that make one stream: tools in a loop, and answers that go on. */
export function describeSteps<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  /** A server that gives the first request, the second, … these answers. */
  const inTurn =
    (...answers: readonly (readonly Act[])[]) =>
    (_request: unknown, position: number) =>
      wholeAnswer(fixture, answers[position]!);
  const sentIn = (body: unknown): string => JSON.stringify(body);

  describe('runs tools in a loop', () => {
    it('should tell the model what its tools gave, and stream what it says next', () => {
      const turn = calls(['weather', '{"city":"Oslo"}'], ['weather', '{"city":"Lima"}']);
      return withServer(inTurn(turn, said('Wet everywhere.')), async (server) => {
        const response = await lastValueFrom(
          streamFrom(fixture, server, { tools: [weather] }).pipe(runTools(), toCallResponse()),
        );
        expect(response).toMatchObject({ content: 'Wet everywhere.', interrupted: false });
        expect(response.steps.map(({ tools }) => tools.length)).toEqual([2]);
        const sent = sentIn(server.requests[1]!.body);
        for (const part of ['Hello there', 'rain in Oslo', 'rain in Lima']) {
          expect(sent).toContain(part);
        }
        expect(sent.indexOf('rain in Oslo')).toBeLessThan(sent.indexOf('rain in Lima'));
      });
    });

    it('should report failures, unknown tools and invalid arguments in the provider’s shape', () => {
      const turn = calls(['broken', '{}'], ['fly', '{}'], ['weather', '{"city":5}']);
      return withServer(inTurn(turn, said('Sorry.')), async (server) => {
        const response = await lastValueFrom(
          streamFrom(fixture, server, { tools: [weather, broken] }).pipe(
            runTools(),
            toCallResponse(),
          ),
        );
        expect(response.content).toBe('Sorry.');
        const sent = sentIn(server.requests[1]!.body);
        for (const part of ['out of order', 'was called but not declared', 'invalid arguments']) {
          expect(sent).toContain(part);
        }
      });
    });

    it('should abort a running tool, and send nothing more, when it is unsubscribed from', () => {
      const started = new Subject<AbortSignal>();
      const endless = tool({
        name: 'weather',
        parameters: city,
        execute: (_args, { signal }) => {
          started.next(signal);
          return NEVER;
        },
      });
      const turn = calls(['weather', '{"city":"Oslo"}']);
      return withServer(inTurn(turn, said('Never.')), async (server) => {
        const running = firstValueFrom(started);
        const stream = streamFrom(fixture, server, { tools: [endless] }).pipe(runTools());
        const subscription = stream.subscribe();
        const signal = await running;
        expect(signal.aborted).toBe(false);
        subscription.unsubscribe();
        expect(signal.aborted).toBe(true);
        expect(server.requests).toHaveLength(1);
      });
    });

    it('should end with what had arrived when the call’s signal aborts while a tool runs', () => {
      const started = new Subject<AbortSignal>();
      const endless = tool({
        name: 'weather',
        parameters: city,
        execute: (_args, { signal }) => {
          started.next(signal);
          return NEVER;
        },
      });
      const turn = calls(['weather', '{"city":"Oslo"}']);
      return withServer(inTurn(turn, said('Never.')), async (server) => {
        const controller = new AbortController();
        const { signal } = controller;
        const running = firstValueFrom(started);
        const stream = streamFrom(fixture, server, { tools: [endless], signal }).pipe(runTools());
        const outcome = outcomeOf(stream);
        const given = await running;
        controller.abort();
        expect(given.aborted).toBe(true);
        const { error } = await outcome;
        expect(error).toMatchObject({ code: 'aborted', provider: fixture.name });
        expect((error as StreamError).partial?.tools).toHaveLength(1);
        expect(server.requests).toHaveLength(1);
      });
    });

    it('should fail with what had arrived when a later request is refused', () => {
      const turn = calls(['weather', '{"city":"Oslo"}']);
      return withServer(
        (_request, position) =>
          position === 0 ? wholeAnswer(fixture, turn) : fixture.refuse(429, 'not so fast'),
        async (server) => {
          const stream = streamFrom(fixture, server, { tools: [weather] }).pipe(runTools());
          const { error } = await outcomeOf(stream);
          expect(error).toMatchObject({ code: 'rate-limit', status: 429 });
          expect((error as StreamError).cause).toBeInstanceOf(fixture.sdkError);
          expect((error as StreamError).partial?.tools).toHaveLength(1);
        },
      );
    });

    it('should not run the calls of a turn of which one was dropped', () => {
      const turn = calls(['weather', '{"city":"Oslo"}'], ['weather', '{"city":"Lima"}']);
      return withServer(inTurn(turn, said('Never.')), async (server) => {
        const replayed = streamFrom(fixture, server, { tools: [weather] }).pipe(
          shareReplay({ bufferSize: Infinity, refCount: false }),
        );
        await outcomeOf(replayed);
        const response = await lastValueFrom(
          replayed.pipe(
            takeWhile(([, called]) => called === null, true),
            runTools(),
            toCallResponse(),
          ),
        );
        expect(response.interrupted).toBe(true);
        expect(server.requests).toHaveLength(1);
      });
    });

    it('should close the connection of a later step when it is unsubscribed from', () => {
      const turn = calls(['weather', '{"city":"Oslo"}']);
      return withServer(
        (_request, position) =>
          position === 0
            ? wholeAnswer(fixture, turn)
            : { headers: fixture.headers, steps: [{ stall: true }] },
        async (server) => {
          const stream = streamFrom(fixture, server, { tools: [weather] }).pipe(runTools());
          const subscription = stream.subscribe();
          const second = await server.request(1);
          expect(second.isClosed()).toBe(false);
          subscription.unsubscribe();
          await second.closed;
          expect(server.requests).toHaveLength(2);
        },
      );
    });
  });

  describe('goes on with an answer', () => {
    it('should give one answer of the pieces, and a history with it', () =>
      withServer(
        inTurn(said('Once upon ', 'length'), said('a time.'), said('The end.')),
        async (server) => {
          const { values, error } = await outcomeOf(
            streamFrom(fixture, server).pipe(continueOnLength(), accumulate()),
          );
          expect(error).toBeNull();
          const response = values.at(-1)!;
          expect(response).toMatchObject({
            content: 'Once upon a time.',
            commonFinishReasons: ['stop'],
            totalUsage: { inputTokens: 20, outputTokens: 4 },
          });
          expect(sentIn(server.requests[1]!.body)).toContain('Once upon ');
          const history = [...response.messages, response.messageParam];
          await outcomeOf(callTo(fixture, server.url, {}, () => history)());
          const sent = sentIn(server.requests[2]!.body);
          expect(sent).toContain('Once upon a time.');
          expect(sent).not.toContain('Go on exactly');
        },
      ));
  });
}
