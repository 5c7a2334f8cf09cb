import { describe, expect } from '@jest/globals';
import type { Wire } from 'rx-llm';
import type { Answer } from '../loopback-server.ts';
import { settled } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import { answerOf, shortAnswer, streamFrom, withServer, written } from './run.ts';

/** How many times to measure each phase; without it nothing is measured. */
const tries = Number(process.env['RX_LLM_CLOSING_TRIES'] ?? 0);

/**
 * Measures how long it takes from unsubscribing until the server sees its socket close, with a garbage
 * collection before each: `RX_LLM_CLOSING_TRIES=100 npm test -- conformance -t "closing time"`.
 */
export function describeClosingTime<W extends Wire>(fixture: ProviderFixture<W>): void {
  if (tries === 0) return;
  const it = caseOf(fixture);
  const { upTo, untilText } = written(fixture, shortAnswer);
  const phases: readonly (readonly [string, Answer])[] = [
    ['before headers', { ...answerOf(fixture, []), beforeHeaders: [{ stall: true }] }],
    [
      'streaming',
      answerOf(
        fixture,
        [{ send: upTo(untilText) }].concat(
          Array.from({ length: 2000 }, () => ({
            send: written(fixture, shortAnswer).events[untilText - 1]!.bytes,
          })),
        ),
      ),
    ],
    ['stalled', answerOf(fixture, [{ send: upTo(untilText) }, { stall: true }])],
  ];

  describe('closing time', () => {
    for (const [phase, answer] of phases) {
      it(`closing time ${phase}`, () =>
        withServer(answer, async (server) => {
          const times: number[] = [];
          let after = 0;
          for (let position = 0; position < tries; position++) {
            let left = false;
            const subscription = streamFrom(fixture, server).subscribe({
              next: () => (after += Number(left)),
              error: () => (after += Number(left)),
            });
            const request = await server.request(position);
            await settled();
            globalThis.gc?.();
            left = true;
            const start = performance.now();
            subscription.unsubscribe();
            times.push((await request.closed) - start);
          }
          times.sort((a, b) => a - b);
          const [median, max] = [times[times.length >> 1]!, times.at(-1)!];
          process.stdout.write(
            `${fixture.name.padEnd(10)} ${phase.padEnd(15)} median ${median.toFixed(2)} ms, max ${max.toFixed(2)} ms, ${after} after\n`,
          );
          expect(after).toBe(0);
        }));
    }
  });
}
