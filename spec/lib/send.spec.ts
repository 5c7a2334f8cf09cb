import { describe, expect, it } from '@jest/globals';
import { of, take, type Observable } from 'rxjs';
import type { StreamTuple } from '../../lib/chunk.ts';
import type { CallInput, Provider } from '../../lib/provider.ts';
import { responseModel } from '../../lib/response-model.ts';
import { send, type SendOptions, type Turn } from '../../lib/send.ts';
import { interruptedSnapshotOf } from '../../lib/snapshot.ts';
import { accumulateTuple } from '../../lib/accumulation.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { tool } from '../../lib/tool.ts';
import { outcomeOf } from '../support/outcome.ts';
import { plainCall, plainProvider, tupleOf, type PlainWire } from './plain-provider.ts';

const add = tool({ name: 'add', parameters: { type: 'object' } });
const hello = { role: 'user', content: 'Hello' } as const;

/** A stream, and what the provider was asked to encode for it. */
function sent(
  options: Partial<SendOptions<PlainWire>> = {},
  turn: Partial<Turn<PlainWire>> = {},
  parts: Partial<Provider<PlainWire>> = {},
): {
  readonly stream: Observable<StreamTuple<PlainWire>>;
  readonly inputs: CallInput<PlainWire>[];
} {
  const inputs: CallInput<PlainWire>[] = [];
  const provider = plainProvider(of({ content: 'Hi', end: 'now' as const }), {
    encode: (input) => {
      inputs.push(input);
      const { model, messages, params } = input;
      return { request: { model, messages, ...params }, messages };
    },
    ...parts,
  });
  const stream = send<PlainWire>(
    provider,
    {
      model: 'plain-1',
      tools: [],
      responseModel: null,
      responseFields: {},
      args: [],
      promptTemplate: null,
      ...options,
    },
    { messages: [hello], steps: [], startTime: 1000, ...turn },
  );
  return { stream, inputs };
}

const contextOf = async (stream: Observable<StreamTuple<PlainWire>>) => {
  const { values, error } = await outcomeOf(stream);
  expect(error).toBeNull();
  return values[0]![0].call;
};

const step = interruptedSnapshotOf(
  accumulateTuple<PlainWire, never>(
    null,
    tupleOf(plainCall({ startTime: 500 }), { content: 'Once ' }) as StreamTuple<PlainWire, never>,
  ),
);

describe('send', () => {
  it('should be cold, and a request per subscription', async () => {
    const { stream, inputs } = sent();
    expect(inputs).toEqual([]);
    const [one, two] = [await contextOf(stream), await contextOf(stream)];
    expect(inputs).toHaveLength(2);
    expect(one).not.toBe(two);
    expect([one.ended(), two.ended()]).toEqual([true, true]);
  });

  it('should say whether the answer has ended with a chunk of it', async () => {
    const { signal } = new AbortController();
    const open = () => of({ content: 'Hi' }, { content: ' you' }, {}, { end: 'now' as const });
    const { values } = await outcomeOf(sent({ signal }, {}, { open }).stream);
    const { call } = values[0]![0];
    expect(values.map(([{ position }]) => call.ended(position))).toEqual([false, true, true, true]);
    expect(call.signal).toBe(signal);
    const left = await outcomeOf(sent({}, {}, { open }).stream.pipe(take(2)));
    expect(left.values[1]![0].call.ended(2)).toBe(false);
    expect(left.values[1]![0].call.signal).toBeNull();
  });

  it('should put what the request is made of on its call', async () => {
    const prices = () => null;
    const { stream } = sent(
      {
        tools: [add],
        callParams: { temperature: 1 },
        commonParams: { seed: 1 },
        metadata: { tag: 1 },
        args: ['Oslo'],
        promptTemplate: '{city}',
        partialTools: true,
        prices,
      },
      { toolOutputs: [] },
    );
    expect(await contextOf(stream)).toMatchObject({
      model: 'plain-1',
      tools: [{ name: 'add' }],
      params: { temperature: 1 },
      commonParams: { seed: 1 },
      metadata: { tag: 1 },
      args: ['Oslo'],
      promptTemplate: '{city}',
      partialTools: true,
      prices,
      shape: null,
      steps: [],
      continues: false,
      toolOutputs: [],
      commonMessages: [hello],
      startTime: 1000,
    });
  });

  it('should ask for the shape of the answer, and tell instructions in the first step only', async () => {
    const model = responseModel({ type: 'object' }, { mode: 'text' });
    const first = sent({ responseModel: model });
    const { shape, commonMessages } = await contextOf(first.stream);
    expect(shape).toMatchObject({ mode: 'text', model });
    // What the prompt gave stays what the prompt gave.
    expect(commonMessages).toEqual([hello]);
    expect(first.inputs[0]!.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    const second = sent({ responseModel: model }, { steps: [step] });
    await contextOf(second.stream);
    expect(second.inputs[0]!.messages.map(({ role }) => role)).toEqual(['user']);
  });

  it('should not tell again what a conversation holds, in common terms or in the provider’s', async () => {
    const options = { responseModel: responseModel({ type: 'object' }, { mode: 'text' }) };
    const parts: Partial<Provider<PlainWire>> = {
      encode: ({ model, messages }) => {
        const encoded = messages.map(({ role, content }) => ({ role, content: [content].flat() }));
        return { request: { model, messages: encoded }, messages: encoded };
      },
    };
    const first = sent(options, {}, parts);
    const { messages } = await contextOf(first.stream);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);

    const [instruction] = messages[0]!.content as readonly string[];
    for (const history of [messages, [{ role: 'system', content: instruction }, hello]]) {
      const { request } = await contextOf(sent(options, { messages: history }, parts).stream);
      expect(request.messages).toEqual(messages);
    }
    const other = [{ role: 'system', content: 'Be kind' }, hello];
    const { request } = await contextOf(sent(options, { messages: other }, parts).stream);
    expect(request.messages.map(({ role }) => role)).toEqual(['system', 'system', 'user']);
  });

  it('should force a call in the first step only, and forbid calls in all', async () => {
    for (const [toolChoice, later] of [
      ['required', undefined],
      [{ name: 'add' }, undefined],
      ['none', 'none'],
      ['auto', 'auto'],
    ] as const) {
      const options = { tools: [add], commonParams: { toolChoice, seed: 1 } };
      const first = sent(options);
      await contextOf(first.stream);
      expect(first.inputs[0]!.commonParams).toEqual({ seed: 1, toolChoice });
      const second = sent(options, { steps: [step] });
      await contextOf(second.stream);
      expect(second.inputs[0]!.commonParams).toEqual({
        seed: 1,
        ...(later && { toolChoice: later }),
      });
    }
  });

  it('should let an answer that goes on be an answer to what was asked first', async () => {
    const messages = [
      hello,
      { role: 'model', content: 'Once ' },
      { role: 'user', content: 'Go on' },
    ];
    const { stream, inputs } = sent({}, { messages, steps: [step], continues: true });
    const context = await contextOf(stream);
    expect(inputs[0]!.messages).toEqual(messages);
    expect(context.messages).toEqual([{ role: 'user', content: 'Hello there' }]);
    expect(context).toMatchObject({ continues: true, startTime: 500 });
  });

  it('should not have the rest of an answer held to be a whole one', async () => {
    const options = { responseModel: responseModel({ type: 'object' }, { mode: 'native' }) };
    const parts = { responseModes: () => ['native'] as const };
    const whole = sent(options, { steps: [step] }, parts);
    await contextOf(whole.stream);
    expect(whole.inputs[0]!.format).toMatchObject({ mode: 'native' });
    const rest = sent(options, { steps: [step], continues: true }, parts);
    const { shape } = await contextOf(rest.stream);
    expect(rest.inputs[0]!.format).toBeNull();
    expect(shape).toMatchObject({ mode: 'native' });
  });

  it('should deliver what cannot be sent as an error', async () => {
    const mode = responseModel({ type: 'object' }, { mode: 'native' });
    const thrower = () => {
      throw new TypeError('no such role');
    };
    const cases = [
      [sent({ tools: [add, add] }), 'prompt'],
      [sent({ responseModel: mode }), 'unsupported'],
      [sent({}, {}, { encode: thrower }), 'prompt'],
    ] as const;
    for (const [{ stream }, code] of cases) {
      const { error } = await outcomeOf(stream);
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code, provider: 'plain' });
    }
  });
});
