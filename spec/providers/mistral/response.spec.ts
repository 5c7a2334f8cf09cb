import { describe, expect, it } from '@jest/globals';
import { completion } from '../../../providers/mistral/response.ts';
import type { MistralWire } from '../../../providers/mistral/wire.ts';

const rebuild = (...events: readonly unknown[]) =>
  events.reduce<typeof completion>(
    (fold, event) => fold.add(event as MistralWire['event']),
    completion,
  );

const head = { id: '1', object: 'chat.completion.chunk', created: 7, model: 'm' };

const chunk = (delta: object, more: object = {}, index = 0) => ({
  ...head,
  choices: [{ index, delta, finishReason: null, ...more }],
  p: 'abc',
});

const messageOf = (...deltas: readonly object[]) =>
  rebuild(...deltas.map((delta) => chunk(delta))).result().choices[0]!.message;

const call = (id: string, index: number, args = '{}') => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: args },
  index,
});

describe('completion', () => {
  it('should give the completion as if it had not streamed', () => {
    const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 };
    const events = [
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      { ...chunk({ content: 'lo' }, { finishReason: 'stop' }), usage },
    ];
    expect(rebuild(...events).result()).toEqual({
      id: '1',
      object: 'chat.completion',
      created: 7,
      model: 'm',
      usage,
      choices: [
        { index: 0, finishReason: 'stop', message: { role: 'assistant', content: 'Hello' } },
      ],
    });
  });

  it('should put reasoning and references in their place', () => {
    const thinking = [{ type: 'text', text: 'Hm' }];
    const message = messageOf(
      { role: 'assistant', content: '' },
      { content: [{ type: 'thinking', thinking, closed: true }] },
      { content: [{ type: 'text', text: 'So' }] },
      { content: [{ type: 'reference', referenceIds: [0] }] },
      { content: '.' },
    );
    expect(message).toEqual({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking, closed: true },
        { type: 'text', text: 'So' },
        { type: 'reference', referenceIds: [0] },
        { type: 'text', text: '.' },
      ],
    });
  });

  it('should give tool calls, whole or in pieces', () => {
    const pieces = [{ toolCalls: [call('a', 0, '{"x"')] }, { toolCalls: [call('null', 0, ':1}')] }];
    expect(messageOf(...pieces, { toolCalls: [call('b', 1)] })).toEqual({
      role: 'assistant',
      content: null,
      toolCalls: [call('a', 0, '{"x":1}'), call('b', 1)],
    });
    expect(messageOf({ toolCalls: [call('a', 0), call('b', 0)] })?.toolCalls).toHaveLength(2);
    const { index: _index, ...unnumbered } = call('a', 0);
    expect(
      messageOf({ toolCalls: [unnumbered, { ...unnumbered, id: 'b' }] })?.toolCalls,
    ).toMatchObject([{ index: 0 }, { index: 1 }]);
  });

  it('should give every choice, in order', () => {
    const { choices } = rebuild(
      chunk({ content: 'b' }, {}, 1),
      chunk({ content: 'a' }, { finishReason: 'length' }),
      chunk({ content: 'B' }, { finishReason: 'stop' }, 1),
    ).result();
    expect(choices).toMatchObject([
      { index: 0, finishReason: 'length', message: { content: 'a' } },
      { index: 1, finishReason: 'stop', message: { content: 'bB' } },
    ]);
  });

  it('should keep what the SDK does not know', () => {
    const response = rebuild(
      {
        ...chunk(
          { note: 'a', list: [1], metadata: { a: 1 }, index: 0, toolCallId: null, prefix: false },
          { logprobs: null },
        ),
        warning: 'w',
      },
      chunk({ note: 'b', list: [2], metadata: { b: 2 } }, { logprobs: { a: 1 } }),
      { type: 'ping' },
      { ...head, id: '', choices: null },
      null,
      undefined,
    ).result();
    expect(response).toMatchObject({ id: '1', warning: 'w', type: 'ping' });
    expect(response).not.toHaveProperty('p');
    expect(response.choices).toEqual([
      {
        index: 0,
        finishReason: null,
        logprobs: { a: 1 },
        message: {
          role: 'assistant',
          content: null,
          note: 'ab',
          list: [1, 2],
          metadata: { b: 2 },
          prefix: false,
        },
      },
    ]);
  });

  it('should be no completion, and harmless, when nothing came', () => {
    expect(completion.result()).toEqual({ object: 'chat.completion', choices: [] });
  });

  it('should survive what no server should send', () => {
    expect(
      rebuild(
        7,
        { choices: 'none' },
        { choices: [null, { delta: 'x' }, { delta: { content: 7, toolCalls: [null] } }] },
        chunk({ content: 'Hi' }),
      ).result().choices,
    ).toMatchObject([{ index: 0, message: { content: 'Hi' } }]);
  });

  it('should leave what it grew from as it was', () => {
    const before = rebuild(chunk({ content: 'a', note: 'x', toolCalls: [call('a', 0, '{')] }));
    const then = JSON.stringify(before.result());
    before.add(
      chunk({ content: 'b', note: 'y', toolCalls: [call('null', 0, '}')] }, { finishReason: 's' }),
    );
    expect(JSON.stringify(before.result())).toBe(then);
  });
});
