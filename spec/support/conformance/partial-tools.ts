import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { lastValueFrom, map, mergeMap, range, toArray } from 'rxjs';
import { tool, type PartialTool, type Tool, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type Act, type ProviderFixture, type ToolCallAct } from './fixture.ts';
import { callTo, streamFrom, wholeAnswer, withServer } from './run.ts';

const write = tool({
  name: 'write',
  parameters: z.object({ text: z.string().optional() }).loose(),
  execute: () => 'done',
});
const tools = [write] as const;

/** A call in pieces of these sizes, as most providers send it. */
function inPieces({ arguments: text, ...start }: ToolCallAct, sizes: readonly number[]): Act[] {
  const acts: Act[] = [{ callStart: start }];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    acts.push({ callPiece: { index: start.index, arguments: text.slice(at, at + size) } });
    at += size;
  }
  return acts;
}

type Called = Tool | PartialTool;

/**
 * How many random streams a provider is held against; `npm run matrix`, where only Node and the SDKs differ,
 * wants fewer.
 */
const streams = Number(process.env['RX_LLM_RANDOM_STREAMS'] ?? 1000);

/** Promises 7 and 8: the pieces of a tool call are delivered as they come, and never run. */
export function describePartialTools<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);

  /** The tools of a stream, partial and whole, by the position of their call. */
  const calledBy = (all: readonly Called[]): ReadonlyMap<number, readonly Called[]> => {
    const calls = new Map<number, Called[]>();
    for (const each of all) calls.set(each.index, [...(calls.get(each.index) ?? []), each]);
    return calls;
  };

  /** Partial ones first, whose pieces add up to the whole one, which comes once and last. */
  const expectSound = (all: readonly Called[], texts: readonly string[]): void => {
    const calls = [...calledBy(all).values()];
    expect(calls).toHaveLength(texts.length);
    calls.forEach((each, index) => {
      const partials = each.slice(0, -1) as PartialTool[];
      const whole = each.at(-1) as Tool;
      expect(whole.delta).toBeNull();
      expect(partials.every(({ delta }) => typeof delta === 'string')).toBe(true);
      expect(partials.map(({ delta }) => delta).join('')).toBe(whole.argumentsText);
      expect(whole.args).toEqual(JSON.parse(texts[index]!));
      expect(partials.at(-1)!.args).toEqual(whole.args);
    });
  };

  describe('delivers the pieces of tool calls', () => {
    it('should deliver each piece with the arguments so far, and then the whole call', () => {
      const call = { index: 0, id: 'call_1', name: 'write', arguments: '{"text":"Hello"}' };
      const acts = [...inPieces(call, [9, 4, 20]), { finish: 'tool_calls' } as const];
      return withServer(wholeAnswer(fixture, acts), async (server) => {
        const { values, completed } = await outcomeOf(
          streamFrom(fixture, server, { tools, partialTools: true }),
        );
        expect(completed).toBe(true);
        const called = values.flatMap(([, each]) => (each === null ? [] : [each]));
        expectSound(called, [call.arguments]);
        for (const each of called) {
          if (each.delta === null) continue;
          expect(each.args).toEqual(
            each.argumentsText.includes('Hello') ? { text: 'Hello' } : each.args,
          );
          expect((await outcomeOf(each.call())).error).toMatchObject({ code: 'tool-execution' });
        }
        const response = await lastValueFrom(
          streamFrom(fixture, server, { tools, partialTools: true }).pipe(toCallResponse()),
        );
        expect(response.tools).toHaveLength(1);
      });
    });

    it('should deliver no pieces unless asked to', () => {
      const call = { index: 0, id: 'call_1', name: 'write', arguments: '{"text":"Hello"}' };
      const acts = [...inPieces(call, [4]), { finish: 'tool_calls' } as const];
      return withServer(wholeAnswer(fixture, acts), async (server) => {
        const { values } = await outcomeOf(streamFrom(fixture, server, { tools }));
        expect(values.filter(([, each]) => each !== null)).toHaveLength(1);
      });
    });

    it(`should come to the right arguments in ${streams} random streams`, () => {
      const stream = fc.record({
        calls: fc.array(
          fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
          { minLength: 1, maxLength: 4 },
        ),
        sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
        text: fc.boolean(),
        whole: fc.boolean(),
      });
      const answers = fc.sample(stream, { numRuns: streams, seed: 4 }).map((each) => {
        const texts = each.calls.map((args) => JSON.stringify(args));
        const acts = texts.flatMap((text, index): readonly Act[] => {
          const call = { index, id: `call_${index}`, name: 'write', arguments: text };
          return each.whole ? [{ call }] : inPieces(call, each.sizes);
        });
        const before: readonly Act[] = each.text ? [{ text: 'Let me see. ' }] : [];
        return {
          texts,
          answer: wholeAnswer(fixture, [...before, ...acts, { finish: 'tool_calls' }]),
        };
      });
      return withServer(
        ({ body }) => answers[Number(fixture.promptIn(body))]!.answer,
        async (server) => {
          const ask = callTo(
            fixture,
            server.url,
            { tools, partialTools: true },
            (n: number) => `${n}`,
          );
          const outcomes = await lastValueFrom(
            range(0, streams).pipe(
              mergeMap(
                (n) =>
                  ask(n).pipe(
                    toArray(),
                    map((tuples) => ({ n, tuples })),
                  ),
                8,
              ),
              toArray(),
            ),
          );
          expect(outcomes).toHaveLength(streams);
          for (const { n, tuples } of outcomes) {
            const called = tuples.flatMap(([, each]) => (each === null ? [] : [each]));
            expectSound(called, answers[n]!.texts);
          }
        },
      );
    }, 60_000);
  });
}
