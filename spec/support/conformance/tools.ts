import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { tool, type StreamError, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type Act, type ProviderFixture, type ToolCallAct } from './fixture.ts';
import { callTo, answerOf, streamFrom, textOf, wholeAnswer, withServer, written } from './run.ts';

const add = tool({
  name: 'add',
  description: 'Adds two numbers',
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
});
const now = tool({ name: 'now', parameters: z.object({}), execute: () => 'noon' });
const tools = [add, now] as const;

const call = (index: number, name: string, text: string): ToolCallAct => ({
  index,
  id: `call_${index + 1}`,
  name,
  arguments: text,
});
const addCall = call(0, 'add', '{"a":1,"b":2}');

/** A call in pieces, as most providers send it. */
const inPieces = ({ arguments: text, ...start }: ToolCallAct, size = 4): readonly Act[] => [
  { callStart: start },
  ...Array.from({ length: Math.ceil(text.length / size) }, (_, position) => ({
    callPiece: {
      index: start.index,
      arguments: text.slice(position * size, (position + 1) * size),
    },
  })),
];

/** Promise 7: a tool call is delivered when it is whole, once, and runs only when it is valid. */
export function describeTools<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const collect = (acts: readonly Act[], options: { invalidTools?: 'deliver' | 'error' } = {}) =>
    withServer(wholeAnswer(fixture, acts), async (server) => {
      const outcome = await outcomeOf(streamFrom(fixture, server, { tools, ...options }));
      const called = outcome.values.flatMap(([, tool]) => (tool === null ? [] : [tool]));
      return {
        ...outcome,
        called,
        summary: called.map(({ name, args, id }) => ({ name, args, id })),
        events: outcome.values.filter(([chunk]) => !chunk.continuation).length,
      };
    });

  const whole = { name: 'add', args: { a: 1, b: 2 }, id: 'call_1' };
  const finish: Act = { finish: 'tool_calls' };

  describe('delivers tool calls', () => {
    const forms: readonly (readonly [string, readonly Act[], readonly object[]])[] = [
      ['in pieces', [...inPieces(addCall), finish], [whole]],
      ['whole in one event', [{ call: addCall }, finish], [whole]],
      [
        'two after each other, in pieces',
        [...inPieces(addCall), ...inPieces(call(1, 'now', '{}')), finish],
        [whole, { name: 'now', args: {}, id: 'call_2' }],
      ],
      [
        'two in one event',
        [{ calls: [addCall, call(1, 'now', '{}')] }, finish],
        [whole, { name: 'now', args: {}, id: 'call_2' }],
      ],
      [
        'of the same tool twice',
        [{ call: addCall }, { call: call(1, 'add', '{"a":3,"b":4}') }, finish],
        [whole, { name: 'add', args: { a: 3, b: 4 }, id: 'call_2' }],
      ],
      ['after text', [{ text: 'Let me see. ' }, { call: addCall }, finish], [whole]],
      ['before text', [{ call: addCall }, { text: 'Done.' }, finish], [whole]],
      [
        'between usage reports',
        [{ call: addCall }, finish, { usage: { input: 1, output: 1 } }],
        [whole],
      ],
    ];
    for (const [title, acts, expected] of forms) {
      it(`should deliver them ${title}`, async () => {
        const { summary, completed, events } = await collect(acts);
        expect({ summary, completed }).toEqual({ summary: expected, completed: true });
        expect(events).toBe(fixture.write(acts).length);
      });
    }

    it('should deliver them interleaved by index', async () => {
      const { summary } = await collect([
        { callStart: { index: 0, id: 'call_1', name: 'add' } },
        { callStart: { index: 1, id: 'call_2', name: 'add' } },
        { callPiece: { index: 1, arguments: '{"a":3,' } },
        { callPiece: { index: 0, arguments: '{"a":1,"b":2}' } },
        { callPiece: { index: 1, arguments: '"b":4}' } },
        finish,
      ]);
      expect(summary).toEqual([whole, { name: 'add', args: { a: 3, b: 4 }, id: 'call_2' }]);
    });

    for (const text of ['', '{}', 'null', ' ']) {
      it(`should take arguments ${JSON.stringify(text)} for no arguments`, async () => {
        const { summary } = await collect([{ call: call(0, 'now', text) }, finish]);
        expect(summary).toEqual([{ name: 'now', args: {}, id: 'call_1' }]);
      });
    }

    it('should say tool_calls in common terms even where the provider says stop', () =>
      withServer(wholeAnswer(fixture, [{ call: addCall }, { finish: 'stop' }]), async (server) => {
        const { values } = await outcomeOf(
          streamFrom(fixture, server, { tools }).pipe(toCallResponse()),
        );
        expect(values[0]!.commonFinishReasons).toEqual(['tool_calls']);
      }));

    it('should run a valid call and give its result', async () => {
      const { called } = await collect([{ call: addCall }, finish]);
      const [first] = called;
      expect(first?.error).toBeNull();
      expect(await outcomeOf<unknown>(first!.call())).toMatchObject({
        values: [3],
        completed: true,
      });
    });

    it('should offer the tools with their schema', () =>
      withServer(wholeAnswer(fixture, [{ text: 'Hi' }, { finish: 'stop' }]), async (server) => {
        await outcomeOf(streamFrom(fixture, server, { tools }));
        const sent = JSON.stringify(server.requests[0]!.body);
        expect(sent).toContain('Adds two numbers');
        expect(sent).toContain('"required":["a","b"]');
      }));

    const invalid: readonly (readonly [string, Act, string])[] = [
      ['of an unknown name', { call: call(0, 'fly', '{}') }, 'unknown-tool'],
      ['with broken JSON', { call: call(0, 'add', '{"a":1,"b":') }, 'invalid-tool-arguments'],
      ['against the schema', { call: call(0, 'add', '{"a":"1"}') }, 'invalid-tool-arguments'],
      [
        'whose arguments are no object',
        { call: call(0, 'add', '[1,2]') },
        'invalid-tool-arguments',
      ],
    ];
    for (const [kind, act, code] of invalid) {
      it(`should show a call ${kind} and refuse to run it`, async () => {
        const { called, completed, values } = await collect([act, { text: 'ok' }, finish]);
        expect({ completed, text: textOf(values) }).toEqual({ completed: true, text: 'ok' });
        expect(called).toHaveLength(1);
        expect(called[0]).toMatchObject({ args: null, error: { code, provider: fixture.name } });
        expect((await outcomeOf<unknown>(called[0]!.call())).error).toBe(called[0]!.error);
      });

      it(`should error for a call ${kind} when told to`, async () => {
        const { error, called } = await collect([{ text: 'ok' }, act, finish], {
          invalidTools: 'error',
        });
        expect(called).toEqual([]);
        expect(error).toMatchObject({ code });
        expect((error as StreamError).partial).toMatchObject({ content: 'ok' });
      });
    }

    it('should show a call that the output limit cut off, and never run it', async () => {
      const cut = [
        ...inPieces({ ...addCall, arguments: '{"a":1,"b"' }),
        { finish: 'length' },
      ] as const;
      const { called } = await collect(cut);
      expect(called).toHaveLength(1);
      expect(called[0]).toMatchObject({
        args: null,
        argumentsText: '{"a":1,"b"',
        error: { code: 'invalid-tool-arguments' },
      });
    });

    it('should deliver no call of a stream that was cut, though its JSON happens to be complete', () => {
      const { upTo, untilEvidence } = written(fixture, [...inPieces(addCall), finish]);
      return withServer(answerOf(fixture, [{ send: upTo(untilEvidence - 1) }]), async (server) => {
        const { values, error } = await outcomeOf(streamFrom(fixture, server, { tools }));
        expect(values.filter(([, called]) => called !== null)).toEqual([]);
        const { partial } = error as StreamError;
        expect(partial?.tools).toHaveLength(1);
        expect(partial?.tools[0]).toMatchObject({ name: 'add', args: null });
        expect(JSON.stringify(partial?.messageParam)).not.toContain('call_1');
      });
    });

    it('should deliver any calls, in any pieces', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.integer(), fc.integer(), fc.integer({ min: 1, max: 20 })), {
            minLength: 1,
            maxLength: 5,
          }),
          async (calls) => {
            const acts = calls.flatMap(([a, b, size], index) =>
              inPieces(call(index, 'add', JSON.stringify({ a, b })), size),
            );
            const { summary } = await collect([...acts, finish]);
            expect(summary.map(({ args }) => args)).toEqual(calls.map(([a, b]) => ({ a, b })));
          },
        ),
        { numRuns: 20 },
      ));

    it('should give what the next turn needs, in the provider’s own shape', () =>
      withServer(
        wholeAnswer(fixture, [{ call: addCall }, { call: call(1, 'now', '') }, finish]),
        async (server) => {
          const { values } = await outcomeOf(
            streamFrom(fixture, server, { tools }).pipe(toCallResponse()),
          );
          const response = values[0]!;
          const results = response.toolMessageParams(
            response.tools.map((called, position) => [called, `result ${position}`]),
          );
          const history = [...response.messages, response.messageParam, ...results];
          await outcomeOf(callTo(fixture, server.url, { tools }, () => history)());
          const sent = JSON.stringify(server.requests[1]!.body);
          for (const part of ['Hello there', 'call_1', 'call_2', 'result 0', 'result 1']) {
            expect(sent).toContain(part);
          }
        },
      ));
  });
}
