import { describe, expect, it } from '@jest/globals';
import { chatResponse } from '../../../providers/cohere/response.ts';
import type { ChatEvent } from '../../../providers/cohere/wire.ts';

const foldOf = (...events: readonly unknown[]) =>
  events.reduce<typeof chatResponse>((fold, event) => fold.add(event as ChatEvent), chatResponse);
const responseTo = (...events: readonly unknown[]) => foldOf(...events).result();

const start = {
  type: 'message-start',
  id: 'chat_1',
  delta: {
    message: { role: 'assistant', content: [], toolPlan: '', toolCalls: [], citations: [] },
  },
};
const open = (index: number, content: object) => ({
  type: 'content-start',
  index,
  delta: { message: { content } },
});
const delta = (index: number, content: object, more: object = {}) => ({
  type: 'content-delta',
  index,
  delta: { message: { content } },
  ...more,
});
const plan = (toolPlan: string) => ({ type: 'tool-plan-delta', delta: { message: { toolPlan } } });
const callStart = (index: number, toolCalls: object) => ({
  type: 'tool-call-start',
  index,
  delta: { message: { toolCalls } },
});
const callDelta = (index: number, text: string) => ({
  type: 'tool-call-delta',
  index,
  delta: { message: { toolCalls: { function: { arguments: text } } } },
});
const citation = (index: number, citations: object) => ({
  type: 'citation-start',
  index,
  delta: { message: { citations } },
});
const end = (finishReason: string, more: object = {}) => ({
  type: 'message-end',
  delta: { finishReason, usage: { tokens: { inputTokens: 1 } }, ...more },
});

describe('chatResponse', () => {
  it('should rebuild a response of thinking, text and citations', () => {
    const cited = { start: 0, end: 3, text: 'Yes', sources: [{ type: 'document', id: 'doc:0' }] };
    expect(
      responseTo(
        start,
        open(0, { type: 'thinking', thinking: '' }),
        delta(0, { thinking: 'Hm' }),
        delta(0, { thinking: '.' }),
        { type: 'content-end', index: 0 },
        open(1, { type: 'text', text: '' }),
        delta(1, { text: 'Yes' }, { logprobs: { text: 'Yes', tokenIds: [1], logprobs: [-0.1] } }),
        citation(0, cited),
        { type: 'citation-end', index: 0 },
        delta(1, { text: '!' }, { logprobs: { text: '!', tokenIds: [2] } }),
        citation(1, { start: 3, end: 4 }),
        end('COMPLETE'),
      ),
    ).toEqual({
      id: 'chat_1',
      finishReason: 'COMPLETE',
      usage: { tokens: { inputTokens: 1 } },
      message: {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: 'Yes!' },
        ],
        citations: [cited, { start: 3, end: 4 }],
      },
      logprobs: [
        { text: 'Yes', tokenIds: [1], logprobs: [-0.1] },
        { text: '!', tokenIds: [2] },
      ],
    });
  });

  it('should rebuild a response of a plan and calls', () => {
    expect(
      responseTo(
        start,
        plan('I will '),
        plan('look.'),
        callStart(0, { id: 'c_1', type: 'function', function: { name: 'f', arguments: '' } }),
        callDelta(0, '{"a"'),
        callDelta(0, ':1}'),
        { type: 'tool-call-end', index: 0 },
        callStart(1, {
          id: 'c_2',
          type: 'function',
          function: { name: 'g', arguments: '' },
          mark: 1,
        }),
        { type: 'tool-call-end', index: 1 },
        end('TOOL_CALL'),
      ),
    ).toEqual({
      id: 'chat_1',
      finishReason: 'TOOL_CALL',
      usage: { tokens: { inputTokens: 1 } },
      message: {
        role: 'assistant',
        toolPlan: 'I will look.',
        toolCalls: [
          { id: 'c_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          { id: 'c_2', type: 'function', function: { name: 'g', arguments: '' }, mark: 1 },
        ],
      },
    });
  });

  it('should leave out what did not arrive', () => {
    expect(responseTo()).toEqual({ message: { role: 'assistant' } });
    expect(
      responseTo(start, open(0, { type: 'text', text: '' }), delta(0, { text: 'Hal' })),
    ).toEqual({
      id: 'chat_1',
      message: { role: 'assistant', content: [{ type: 'text', text: 'Hal' }] },
    });
  });

  it('should keep what it does not know', () => {
    expect(
      responseTo(
        { ...start, region: 'eu', delta: { message: { role: 'assistant', mood: 'calm' } } },
        open(0, { type: 'picture', format: 'png', data: 'AQ' }),
        delta(0, { data: 'ID', size: { w: 1 } }),
        end('ERROR', { error: 'no', errorType: 'E', id: null }),
      ),
    ).toEqual({
      id: 'chat_1',
      region: 'eu',
      finishReason: 'ERROR',
      error: 'no',
      errorType: 'E',
      usage: { tokens: { inputTokens: 1 } },
      message: {
        role: 'assistant',
        mood: 'calm',
        content: [{ type: 'picture', format: 'png', data: 'AQID', size: { w: 1 } }],
      },
    });
  });

  it('should open a part whose start did not come', () => {
    expect(
      responseTo(delta(0, { text: 'Hi' }), delta(1, { thinking: 'Hm' })).message.content,
    ).toEqual([
      { type: 'text', text: 'Hi' },
      { type: 'thinking', thinking: 'Hm' },
    ]);
  });

  it('should take whatever comes', () => {
    for (const event of [
      null,
      3,
      {},
      { type: 'new' },
      { type: 'content-delta' },
      { type: 'debug' },
    ]) {
      expect(() => responseTo(event)).not.toThrow();
    }
  });

  it('should leave every earlier state as it was', () => {
    const before = foldOf(
      start,
      plan('I'),
      open(0, { type: 'text', text: '' }),
      delta(0, { text: 'a' }),
    );
    const then = JSON.stringify(before.result());
    before.add(delta(0, { text: 'b' }) as ChatEvent).add(plan('x') as ChatEvent);
    before.add(citation(0, { start: 0 }) as ChatEvent).add(end('COMPLETE') as ChatEvent);
    expect(JSON.stringify(before.result())).toBe(then);
  });
});
