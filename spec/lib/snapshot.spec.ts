import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { accumulateTuple, type Accumulation } from '../../lib/accumulation.ts';
import type { CallContext, StreamTuple } from '../../lib/chunk.ts';
import type { PricedCall, Prices } from '../../lib/prices.ts';
import { interruptedSnapshotOf, snapshotOf } from '../../lib/snapshot.ts';
import { receiveTool, tool, type Tool, type ToolDefinition } from '../../lib/tool.ts';
import { commonUsage } from '../../lib/usage.ts';
import {
  piece,
  plainCall,
  plainProvider,
  tupleOf,
  type PlainEvent,
  type PlainMessage,
  type PlainWire,
} from './plain-provider.ts';

const definition = tool({ name: 'add', parameters: { type: 'object' } });

const called = (index: number, text: string): Tool<ToolDefinition, PlainWire> =>
  receiveTool<PlainWire>(
    'plain',
    [definition],
    { index, id: `call_${index}`, name: 'add', arguments: text },
    { id: null, name: 'add', json: text },
  );

const accumulated = (...tuples: readonly StreamTuple<PlainWire>[]): Accumulation<PlainWire> =>
  tuples.reduce<Accumulation<PlainWire> | null>(accumulateTuple, null)!;

const after = (events: readonly PlainEvent[], call: CallContext<PlainWire> = plainCall()) =>
  accumulated(...events.map((event) => tupleOf(call, event)));

describe('snapshotOf', () => {
  it('should show the totals as its own fields', () => {
    const accumulation = after([{ content: 'Hel', thinking: 'Hm' }, { content: 'lo' }]);
    expect({ ...snapshotOf(accumulation) }).toEqual(accumulation.totals);
  });

  it('should print as its content', () => {
    expect(`${snapshotOf(after([{ content: 'Hel' }, { content: 'lo' }]))}`).toBe('Hello');
  });

  it('should show nothing of the conversation in logs and JSON', () => {
    const snapshot = snapshotOf(after([{ content: 'Hi' }]));
    for (const shown of [
      inspect(snapshot, { depth: 20, getters: true }),
      JSON.stringify(snapshot),
    ]) {
      expect(shown).toContain('Hi');
      expect(shown).not.toContain('Hello there');
    }
  });

  it('should work the response out when it is read, and once', () => {
    let results = 0;
    const response = {
      add: () => response,
      result: () => {
        results++;
        return [];
      },
    };
    const call = plainCall({ provider: plainProvider(undefined, { response }) });
    const snapshots = [snapshotOf(after([{}, {}], call)), snapshotOf(after([{}, {}, {}], call))];
    expect(results).toBe(0);
    expect(snapshots[1]!.response).toBe(snapshots[1]!.response);
    expect(results).toBe(1);
  });

  it('should give the provider’s own response', () => {
    expect(snapshotOf(after([{ content: 'Hi' }, {}])).response).toEqual([{ content: 'Hi' }, {}]);
  });

  it('should join the audio when it is read, and once', () => {
    const pieces = [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)];
    const snapshot = snapshotOf(after(pieces.map((audio) => ({ audio }))));
    expect(snapshot.audio).toEqual(Uint8Array.of(1, 2, 3));
    expect(snapshot.audio).toBe(snapshot.audio);
    expect(pieces[0]).toEqual(Uint8Array.of(1, 2));
    expect(snapshotOf(after([{}])).audio).toBeNull();
    expect(snapshotOf(after([{ audio: pieces[2]! }])).audio).toEqual(Uint8Array.of(3));
  });

  it('should give the first tool as tool', () => {
    const [first, second] = [called(0, '{}'), called(1, '{}')];
    const tuples = [first, second].map((each) => tupleOf(plainCall(), {}, each));
    const call = tuples[0]![0].call;
    const same = tuples.map(([chunk, each]): StreamTuple<PlainWire> => [{ ...chunk, call }, each]);
    expect(snapshotOf(accumulated(...same)).tool).toBe(first);
    expect(snapshotOf(after([{}])).tool).toBeNull();
  });

  it('should give what was sent, in both shapes', () => {
    const messages: readonly PlainMessage[] = [{ role: 'user', content: 'encoded' }];
    const commonMessages: readonly PlainMessage[] = [{ role: 'user', content: 'Hello' }];
    const params = { temperature: 1 };
    const snapshot = snapshotOf(after([{}], plainCall({ messages, commonMessages, params })));
    expect(snapshot.messages).toBe(messages);
    expect(snapshot.commonMessages).toBe(commonMessages);
    expect(snapshot.userMessageParam).toBe(messages[0]);
    expect(snapshot.commonUserMessageParam).toBe(commonMessages[0]);
    expect(snapshot.callParams).toBe(params);
  });

  it.each<readonly [string, readonly PlainMessage[]]>([
    ['there is none', []],
    [
      'the last message is not the user’s',
      [
        { role: 'user', content: 'a' },
        { role: 'tool', content: 'b' },
      ],
    ],
    ['messages have no role', [{ text: 'a' } as unknown as PlainMessage]],
  ])('should say null for the user’s message when %s', (_, messages) => {
    const snapshot = snapshotOf(after([{}], plainCall({ messages, commonMessages: messages })));
    expect(snapshot.userMessageParam).toBeNull();
    expect(snapshot.commonUserMessageParam).toBeNull();
  });

  it('should ask the provider for its message, with the text and the calls as they were kept', () => {
    const open = { toolCalls: [piece({ index: 0, name: 'add', arguments: '{' })] };
    expect(snapshotOf(after([{ content: 'Let me see' }, open])).messageParam).toEqual({
      role: 'model',
      content: { text: 'Let me see', without: ['add'] },
    });
  });

  it('should ask the provider for the messages of tool results', () => {
    const snapshot = snapshotOf(after([{}]));
    expect(snapshot.toolMessageParams([[called(0, '{}'), 3]])).toEqual([
      { role: 'result', content: { id: 'call_0', output: 3 } },
    ]);
    expect(snapshot.toolMessageParams([])).toEqual([]);
  });

  it('should give the answer as a message in common terms, calls as the model wrote them', () => {
    const call = plainCall();
    const snapshot = snapshotOf(
      accumulated(
        tupleOf(call, { thinking: 'Hm', content: 'Let me see' }),
        tupleOf(call, {}, called(0, '{"a":1}')),
        tupleOf(call, {}, called(1, '')),
        tupleOf(call, {}, called(2, '{"a":')),
      ),
    );
    const part = (index: number, args: unknown) => ({
      type: 'tool_call',
      id: `call_${index}`,
      name: 'add',
      args,
    });
    expect(snapshot.commonMessageParam).toEqual({
      role: 'assistant',
      content: [
        { type: 'thinking', text: 'Hm' },
        { type: 'text', text: 'Let me see' },
        part(0, { a: 1 }),
        part(1, {}),
        part(2, '{"a":'),
      ],
    });
  });

  it('should never change, whatever arrives after it', () => {
    const call = plainCall();
    const first = accumulated(tupleOf(call, { content: 'Hel', audio: Uint8Array.of(1) }));
    const snapshot = snapshotOf(first);
    const seen = JSON.stringify(snapshot);
    accumulateTuple(
      first,
      tupleOf(call, { content: 'lo', audio: Uint8Array.of(2) }, called(0, '{}')),
    );
    expect(JSON.stringify(snapshot)).toBe(seen);
    expect(snapshot.audio).toEqual(Uint8Array.of(1));
    expect(snapshot.response).toHaveLength(1);
    expect(snapshot.commonMessageParam.content).toHaveLength(1);
  });

  it('should share with the snapshot before whatever did not change', () => {
    const call = plainCall({ metadata: { tag: 1 } });
    const first = accumulated(tupleOf(call, { finishReasons: ['done'] }, called(0, '{}')));
    const snapshots = [first, accumulateTuple(first, tupleOf(call, { content: 'Hi' }))].map(
      snapshotOf,
    );
    for (const field of [
      'tools',
      'finishReasons',
      'messages',
      'commonMessages',
      'metadata',
    ] as const) {
      expect(snapshots[1]![field]).toBe(snapshots[0]![field]);
    }
    expect(snapshots[1]).not.toBe(snapshots[0]);
  });

  it.each(['messageParam', 'commonMessageParam'] as const)('should work %s out once', (field) => {
    const snapshot = snapshotOf(after([{ content: 'Hi' }]));
    expect(snapshot[field]).toBe(snapshot[field]);
  });

  describe('what it cost', () => {
    const usage = commonUsage({ inputTokens: 10, outputTokens: 2 });
    const paid: PlainEvent = { model: 'plain-1-dated', usage, commonUsage: usage };

    /** A list that charges 1 for an input token and 2 for an output token. */
    const priceList = () => {
      const asked: PricedCall[] = [];
      const prices: Prices = (priced) => {
        asked.push(priced);
        const { provider, model } = priced;
        const [input, output] = [priced.usage.inputTokens!, priced.usage.outputTokens! * 2];
        const total = input + output;
        return {
          total,
          input,
          output,
          currency: 'USD',
          provider,
          model,
          source: 'me',
          pricesDate: null,
        };
      };
      return { prices, asked };
    };

    it('should be worked out when it is read, and once', () => {
      const { prices, asked } = priceList();
      const snapshot = snapshotOf(after([paid], plainCall({ prices })));
      expect(asked).toEqual([]);
      expect([snapshot.cost, snapshot.cost, snapshot.costMetadata?.input]).toEqual([14, 14, 10]);
      expect(asked).toEqual([{ provider: 'plain', model: 'plain-1-dated', usage, time: 1000 }]);
    });

    it('should be unknown without prices, without usage, and for what the list does not know', () => {
      const { prices, asked } = priceList();
      expect(snapshotOf(after([paid])).cost).toBeNull();
      expect(snapshotOf(after([{ content: 'Hi' }], plainCall({ prices }))).cost).toBeNull();
      expect(asked).toEqual([]);
      const unknown = snapshotOf(after([paid], plainCall({ prices: () => null })));
      expect([unknown.cost, unknown.costMetadata]).toEqual([null, null]);
    });

    it('should add up over the steps, and be unknown when one of them is', () => {
      const { prices } = priceList();
      const step = snapshotOf(after([paid], plainCall({ prices })));
      const two = snapshotOf(after([paid], plainCall({ prices, steps: [step, step] })));
      expect([two.cost, two.totalCost]).toEqual([14, 42]);
      expect(two.totalUsage).toMatchObject({ inputTokens: 30, outputTokens: 6, totalTokens: 36 });
      expect(two.steps).toEqual([step, step]);
      const silent = snapshotOf(after([{ content: 'Hi' }], plainCall({ prices })));
      const unsure = snapshotOf(after([paid], plainCall({ prices, steps: [silent] })));
      expect([unsure.totalCost, unsure.totalUsage]).toEqual([null, null]);
    });
  });

  it('should say what the call was made with', () => {
    const call = plainCall({
      commonParams: { seed: 1 },
      args: ['Oslo'],
      promptTemplate: '{city}?',
    });
    expect(snapshotOf(after([{ content: 'Hi' }], call))).toMatchObject({
      commonParams: { seed: 1 },
      args: ['Oslo'],
      promptTemplate: '{city}?',
    });
  });

  it('should put results of tools in common terms', () => {
    const snapshot = snapshotOf(accumulated(tupleOf(plainCall(), {}, called(0, '{}'))));
    expect(snapshot.commonToolMessageParams([[snapshot.tools[0]!, 3]])).toEqual([
      { role: 'tool', content: [{ type: 'tool_result', id: 'call_0', name: 'add', output: 3 }] },
    ]);
  });
});

describe('interruptedSnapshotOf', () => {
  const call = plainCall();
  const cut = accumulated(
    tupleOf(call, { content: 'Let me see' }, called(0, '{}')),
    tupleOf(call, {
      toolCalls: [piece({ index: 1, id: 'call_1', name: 'add', arguments: '{"a"' })],
    }),
  );

  it('should show that it did not finish, and the calls that were cut off', () => {
    const snapshot = interruptedSnapshotOf(cut);
    expect(snapshot.interrupted).toBe(true);
    expect(snapshot.tools.map(({ id, error }) => [id, error?.code])).toEqual([
      ['call_0', undefined],
      ['call_1', 'invalid-tool-arguments'],
    ]);
  });

  it('should leave cut-off calls out of the messages of the next turn', () => {
    const { commonMessageParam, messageParam } = interruptedSnapshotOf(cut);
    expect(commonMessageParam.content).toEqual([
      { type: 'text', text: 'Let me see' },
      { type: 'tool_call', id: 'call_0', name: 'add', args: {} },
    ]);
    expect(messageParam).toMatchObject({ content: { text: 'Let me see', without: ['add'] } });
  });

  it('should leave the snapshot that is not interrupted alone', () => {
    const whole = snapshotOf(cut);
    interruptedSnapshotOf(cut);
    expect([whole.interrupted, whole.tools.length]).toEqual([false, 1]);
  });
});
