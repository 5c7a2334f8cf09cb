import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accumulateTuple,
  cutOffCalls,
  interruptAccumulation,
  type Accumulation,
} from '../../lib/accumulation.ts';
import { continuationOf, type StreamTuple } from '../../lib/chunk.ts';
import { partialTool } from '../../lib/partial-tool.ts';
import { responseModel } from '../../lib/response-model.ts';
import { snapshotOf } from '../../lib/snapshot.ts';
import { receiveTool, tool, type Tool, type ToolDefinition } from '../../lib/tool.ts';
import type { ToolCallDelta } from '../../lib/tool-call.ts';
import { walk } from '../../lib/trail.ts';
import { commonUsage } from '../../lib/usage.ts';
import {
  piece,
  plainCall,
  plainProvider,
  tupleOf,
  type PlainEvent,
  type PlainWire,
} from './plain-provider.ts';

const call = plainCall({ metadata: { tag: 1 } });

const add = tool({ name: 'add', parameters: { type: 'object' }, execute: () => 3 });

const called = (
  index: number,
  id: string | null = `call_${index}`,
): Tool<ToolDefinition, PlainWire> =>
  receiveTool<PlainWire>(
    'plain',
    [add],
    { index, id, name: 'add', arguments: '{}' },
    { id, name: 'add', json: '{}' },
  );

/** The accumulations after each of some tuples. */
function after(...tuples: readonly StreamTuple<PlainWire>[]): Accumulation<PlainWire>[] {
  let last: Accumulation<PlainWire> | null = null;
  return tuples.map((tuple) => (last = accumulateTuple(last, tuple)));
}

const afterEvents = (...events: readonly PlainEvent[]): Accumulation<PlainWire>[] =>
  after(...events.map((event, position) => tupleOf(call, event, null, 1010 + position)));

const totalsOf = (...events: readonly PlainEvent[]) => afterEvents(...events).at(-1)!.totals;

const opening = (index: number, parts: Partial<ToolCallDelta> = {}): PlainEvent => ({
  toolCalls: [piece({ index, id: `call_${index}`, name: 'add', arguments: '{', ...parts })],
});

describe('accumulateTuple', () => {
  it('should know nothing but the call to begin with', () => {
    expect(totalsOf({})).toEqual({
      provider: 'plain',
      model: 'plain-1',
      id: null,
      content: '',
      thinking: '',
      refusal: null,
      audioTranscript: null,
      tools: [],
      finishReasons: null,
      commonFinishReasons: null,
      usage: null,
      commonUsage: null,
      inputTokens: null,
      outputTokens: null,
      cachedTokens: null,
      interrupted: false,
      startTime: 1000,
      endTime: 1010,
      timeToFirstChunk: 10,
      metadata: { tag: 1 },
    });
  });

  it('should join what is text, and leave null what never came', () => {
    expect(
      totalsOf(
        { content: 'Hel', thinking: 'Hm, ' },
        { refusal: 'No', audioTranscript: 'Hel' },
        { content: 'lo', thinking: 'yes', refusal: '!', audioTranscript: 'lo' },
      ),
    ).toMatchObject({
      content: 'Hello',
      thinking: 'Hm, yes',
      refusal: 'No!',
      audioTranscript: 'Hello',
    });
  });

  it('should tell an empty refusal and transcript from none', () => {
    expect(totalsOf({ refusal: '', audioTranscript: '' })).toMatchObject({
      refusal: '',
      audioTranscript: '',
    });
  });

  it('should keep the audio in order', () => {
    const [first, second] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const last = afterEvents({ audio: first }, {}, { audio: second }).at(-1)!;
    expect(walk(last.audio)).toEqual([first, second]);
    expect(afterEvents({})[0]!.audio).toBeNull();
  });

  it('should know the place of the last chunk, whatever order they come in', () => {
    const tuples = [2, 3, 1].map((position): StreamTuple<PlainWire> => {
      const [chunk, tool] = tupleOf(call, {});
      return [{ ...chunk, position }, tool];
    });
    expect(after(...tuples).map(({ position }) => position)).toEqual([2, 3, 3]);
    const other = plainCall();
    expect(after(...tuples, tupleOf(other, {})).at(-1)!.position).toBe(1);
  });

  it('should let the first id and the last model win', () => {
    expect(
      totalsOf({ model: 'small' }, { id: 'a', model: 'large' }, { id: 'b', model: null }, {}),
    ).toMatchObject({ id: 'a', model: 'large' });
  });

  it('should let the last known counts win, in common terms and in the provider’s own', () => {
    const reports = [{ inputTokens: 9, outputTokens: 1, cachedTokens: 2 }, { outputTokens: 7 }];
    const events = reports.map(commonUsage).map((usage) => ({ usage, commonUsage: usage }));
    expect(totalsOf(...events, {})).toMatchObject({
      usage: { inputTokens: 9, outputTokens: 7, cachedTokens: 2 },
      commonUsage: { inputTokens: 9, outputTokens: 7, totalTokens: 16, cachedTokens: 2 },
      inputTokens: 9,
      outputTokens: 7,
      cachedTokens: 2,
    });
  });

  it('should keep the provider’s own counts untouched where there is one report', () => {
    const usage = commonUsage({ inputTokens: 9 });
    expect(totalsOf({}, { usage }, {}).usage).toBe(usage);
  });

  it('should time the stream from its start to the last chunk', () => {
    expect(totalsOf({}, {}, {})).toMatchObject({
      startTime: 1000,
      timeToFirstChunk: 10,
      endTime: 1012,
    });
  });

  it('should keep the finish reason of every choice, by position', () => {
    expect(
      totalsOf(
        { finishReasons: [null, 'limit'] },
        { finishReasons: ['done'] },
        {},
        { finishReasons: ['done', null, 'done'] },
      ),
    ).toMatchObject({
      finishReasons: ['done', 'limit', 'done'],
      commonFinishReasons: ['stop', 'length', 'stop'],
    });
  });

  it('should say tool_calls for the choice that called tools where the provider says done', () => {
    const finish: PlainEvent = { finishReasons: ['done', 'done'] };
    const event = tupleOf(call, finish, called(0));
    expect(after(event)[0]!.totals.commonFinishReasons).toEqual(['tool_calls', 'stop']);
    // The tool may come after the reason, on a continuation, and the reason may be repeated.
    const late = after(
      tupleOf(call, finish),
      [continuationOf(event[0]), called(0)],
      tupleOf(call, finish),
    );
    expect(late.map(({ totals }) => totals.commonFinishReasons?.[0])).toEqual([
      'stop',
      'tool_calls',
      'tool_calls',
    ]);
    expect(late[2]!.totals.finishReasons).toEqual(['done', 'done']);
  });

  it('should keep every tool in order, however its chunk came', () => {
    const [first, second] = [called(0), called(1)];
    const tuple = tupleOf(call, {}, first);
    const last = after(tuple, [continuationOf(tuple[0]), second]).at(-1)!;
    expect(last.totals.tools).toEqual([first, second]);
  });

  it('should give the response every event once, and continuations not at all', () => {
    const tuple = tupleOf(call, { content: 'Hi' }, called(0));
    const last = after(tuple, [continuationOf(tuple[0]), called(1)], tupleOf(call, {})).at(-1)!;
    expect(last.response.result()).toEqual([{ content: 'Hi' }, {}]);
  });

  it('should start anew with a tuple of another call', () => {
    const other = plainCall({ model: 'plain-2', startTime: 2000 });
    const [, last] = after(
      tupleOf(call, { content: 'Hel', ...opening(0), id: 'answer-1' }),
      tupleOf(other, { content: 'Hello' }, null, 2005),
    );
    expect(last!.totals).toMatchObject({
      content: 'Hello',
      model: 'plain-2',
      id: null,
      timeToFirstChunk: 5,
    });
    expect(last!.openCalls.calls).toEqual([]);
    expect(last!.response.result()).toEqual([{ content: 'Hello' }]);
  });

  it('should know which calls have begun and not come as a tool yet', () => {
    const steps = after(
      tupleOf(call, opening(0)),
      tupleOf(call, opening(1)),
      tupleOf(call, { toolCalls: [piece({ index: 0, arguments: '}' })] }, called(0)),
      tupleOf(call, {}, called(1)),
    );
    expect(steps.map(({ openCalls }) => openCalls.calls.map(({ index }) => index))).toEqual([
      [0],
      [0, 1],
      [1],
      [],
    ]);
  });

  it('should tell calls apart whose server numbers every one 0', () => {
    const steps = after(
      tupleOf(call, opening(0, { id: 'a' })),
      tupleOf(call, opening(0, { id: 'b' })),
      tupleOf(call, {}, called(0, 'a')),
    );
    expect(steps.at(-1)!.openCalls.calls.map(({ id }) => id)).toEqual(['b']);
  });

  it('should know the tool of a call without an id', () => {
    const silent = opening(0, { id: null });
    const steps = after(tupleOf(call, silent), tupleOf(call, {}, called(0, null)));
    expect(steps.map(({ openCalls }) => openCalls.calls.length)).toEqual([1, 0]);
  });

  it('should leave every earlier accumulation as it was', () => {
    const steps = afterEvents(
      { content: 'Hel', audio: Uint8Array.of(1) },
      { content: 'lo', ...opening(0), finishReasons: ['done'] },
      { content: '!', audio: Uint8Array.of(2), finishReasons: [null, 'limit'] },
    );
    expect(
      steps.map(({ totals, audio, openCalls, response }) => [
        totals.content,
        totals.finishReasons,
        walk(audio).length,
        openCalls.calls.length,
        response.result().length,
      ]),
    ).toEqual([
      ['Hel', null, 1, 0, 1],
      ['Hello', ['done'], 1, 1, 2],
      ['Hello!', ['done', 'limit'], 2, 1, 3],
    ]);
  });

  it('should share what did not change with the accumulation before', () => {
    const usage = commonUsage({ inputTokens: 9 });
    const before = after(
      tupleOf(
        call,
        {
          ...opening(1),
          finishReasons: ['done'],
          usage,
          commonUsage: usage,
          audio: Uint8Array.of(1),
        },
        called(0),
      ),
    )[0]!;
    const next = accumulateTuple(
      before,
      tupleOf(call, { content: 'Hi', commonUsage: commonUsage({ inputTokens: 9 }) }),
    );
    for (const field of [
      'tools',
      'finishReasons',
      'commonFinishReasons',
      'commonUsage',
      'usage',
      'metadata',
    ] as const) {
      expect([field, next.totals[field]]).toEqual([field, before.totals[field]]);
      expect(next.totals[field]).toBe(before.totals[field]);
    }
    expect(next.openCalls).toBe(before.openCalls);
    expect(next.audio).toBe(before.audio);
  });

  it.each(['finishReasons', 'commonFinishReasons', 'usage'] as const)(
    'should share the %s that an event repeats',
    (field) => {
      const usage = commonUsage({ inputTokens: 9 });
      const [before, next] = afterEvents(
        { finishReasons: ['done'], usage },
        { finishReasons: ['done'], usage: { ...usage } },
      );
      expect(next!.totals[field]).toEqual(before!.totals[field]);
      expect(next!.totals[field]).toBe(before!.totals[field]);
    },
  );

  it('should look back at nothing that has arrived', () => {
    const untouchable = new Proxy<never>({} as never, {
      get: () => {
        throw new Error('looked back');
      },
    });
    const [before] = afterEvents({ content: 'Hi' });
    const full = {
      ...before!,
      audio: untouchable,
      totals: { ...before!.totals, usage: untouchable, metadata: untouchable },
    };
    expect(() =>
      accumulateTuple(full, tupleOf(call, { content: '!', audio: Uint8Array.of(1) })),
    ).not.toThrow();
  });

  it('should take a hundred thousand chunks', () => {
    const silent = plainCall({
      provider: plainProvider(undefined, {
        response: { add: () => silent.provider.response, result: () => [] },
      }),
    });
    let last: Accumulation<PlainWire> | null = null;
    const tuple = tupleOf(silent, {
      content: 'word ',
      toolCalls: [piece({ index: 0, name: 'add', arguments: '{"a":1}' })],
      audio: Uint8Array.of(1),
    });
    for (let count = 0; count < 100_000; count++) last = accumulateTuple(last, tuple);
    expect(last?.totals.content).toHaveLength(500_000);
    expect(last?.openCalls.calls[0]?.arguments).toHaveLength(700_000);
  });

  it('should give the same totals whatever pieces the text comes in', () =>
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (content, thinking) => {
        const length = Math.max(content.length, thinking.length, 1);
        const events = Array.from({ length }, (_, position) => ({
          content: content[position] ?? '',
          thinking: thinking[position] ?? '',
        }));
        expect(totalsOf(...events)).toMatchObject({
          content: content.join(''),
          thinking: thinking.join(''),
        });
      }),
    ));
  it('should not count pieces of calls as tools', () => {
    const partial = partialTool(
      'plain',
      { index: 0, id: 'call_0', name: 'add', arguments: '{' },
      '{',
      {},
    );
    const tuple = tupleOf(call, opening(0), partial as unknown as Tool<ToolDefinition, PlainWire>);
    const [accumulation] = after(tuple);
    expect(accumulation!.totals.tools).toEqual([]);
    expect(accumulation!.openCalls.calls).toHaveLength(1);
  });

  describe('of a call that goes on with the text of another', () => {
    const first = snapshotOf(
      afterEvents({
        content: 'Once ',
        thinking: 'Hm. ',
        refusal: 'No',
        audioTranscript: 'On',
        audio: Uint8Array.of(1, 2),
      }).at(-1)!,
    );
    const going = plainCall({ steps: [first], continues: true, startTime: 1000 });

    it('should begin with what was said', () => {
      const [, last] = after(
        tupleOf(going, { content: 'upon ', refusal: 'pe' }, null, 5000),
        tupleOf(going, { content: 'a time', thinking: 'Yes.' }, null, 5001),
      );
      expect(last!.totals).toMatchObject({
        content: 'Once upon a time',
        thinking: 'Hm. Yes.',
        refusal: 'Nope',
        audioTranscript: 'On',
        timeToFirstChunk: first.timeToFirstChunk,
        endTime: 5001,
      });
    });

    it('should begin with what sounded', () => {
      const sounding = tupleOf(going, { audio: Uint8Array.of(3) });
      const [before, last] = after(tupleOf(going, {}), sounding);
      expect(snapshotOf(before!).audio).toEqual(Uint8Array.of(1, 2));
      expect(snapshotOf(last!).audio).toEqual(Uint8Array.of(1, 2, 3));
      const silent = plainCall({ steps: [snapshotOf(afterEvents({})[0]!)], continues: true });
      expect(snapshotOf(after(tupleOf(silent, {}))[0]!).audio).toBeNull();
    });

    it('should count its own tokens', () => {
      const [last] = after(tupleOf(going, { content: 'upon' }));
      expect(last!.totals.commonUsage).toBeNull();
    });

    it('should begin with nothing where it is a step that answers anew', () => {
      const [last] = after(tupleOf(plainCall({ steps: [first] }), { content: 'Hello' }));
      expect(last!.totals.content).toBe('Hello');
    });
  });

  describe('of an answer that comes as the arguments of a tool', () => {
    const shape = {
      model: responseModel({}),
      mode: 'tool',
      wrapped: false,
      tool: 'answer',
      fields: {},
    } as const;
    const answering = plainCall({ shape });
    const [last] = after(
      tupleOf(answering, {
        content: '{}',
        toolCalls: [piece({ index: 0, id: 'c0', name: 'answer', arguments: '{}' })],
        finishReasons: ['calls'],
      }),
    );

    it('should have stopped, not called tools', () => {
      expect(last!.totals.commonFinishReasons).toEqual(['stop']);
      expect(last!.totals.finishReasons).toEqual(['calls']);
    });

    it('should keep the call out of the next turn, and not take it for cut off', () => {
      expect(last!.openCalls.calls.map(({ name }) => name)).toEqual(['answer']);
      expect(cutOffCalls(last!)).toEqual([]);
      expect(interruptAccumulation(last!).totals.tools).toEqual([]);
      expect(snapshotOf(last!).messageParam).toEqual({
        role: 'model',
        content: { text: '{}', without: ['answer'] },
      });
    });
  });
});

describe('interruptAccumulation', () => {
  const cut = after(
    tupleOf(call, { content: 'Let me see', ...opening(0) }),
    tupleOf(call, opening(1, { id: null, arguments: '{"a":1}' }), called(0)),
  );

  it('should mark what did not finish, and show cut-off calls after the others, never to run', () => {
    const { totals } = interruptAccumulation(cut[1]!);
    expect(totals.interrupted).toBe(true);
    expect(totals.content).toBe('Let me see');
    expect(totals.tools).toHaveLength(2);
    expect(totals.tools[0]?.error).toBeNull();
    // Its JSON happens to be whole; its end never came.
    expect(totals.tools[1]).toMatchObject({
      id: 'call_1',
      index: 1,
      name: 'add',
      args: null,
      argumentsText: '{"a":1}',
      toolCall: { id: null, name: 'add', json: '{"a":1}' },
      error: {
        code: 'invalid-tool-arguments',
        provider: 'plain',
        message: '[plain] Tool "add" was cut off while its arguments arrived; do not run it.',
      },
    });
  });

  it('should leave the accumulation as it was', () => {
    const { totals, openCalls } = cut[1]!;
    interruptAccumulation(cut[1]!);
    expect(totals.interrupted).toBe(false);
    expect(totals.tools).toHaveLength(1);
    expect(openCalls.calls).toHaveLength(1);
  });

  it('should keep the calls open, for the message of the next turn', () => {
    expect(interruptAccumulation(cut[1]!).openCalls).toBe(cut[1]!.openCalls);
  });
});
