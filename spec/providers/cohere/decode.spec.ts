import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commonFinishReason, decodeEvent } from '../../../providers/cohere/decode.ts';
import type { ChatEvent } from '../../../providers/cohere/wire.ts';

const decode = (event: unknown) => decodeEvent(event as ChatEvent);
const content = (fields: object) => ({ message: { content: fields } });
const calls = (fields: object) => ({ message: { toolCalls: fields } });

describe('decodeEvent', () => {
  it.each([
    [{ type: 'message-start', id: 'chat_1' }, { id: 'chat_1' }],
    [{ type: 'message-start', id: '' }, { id: null }],
    [
      { type: 'content-start', index: 0, delta: content({ type: 'text', text: '' }) },
      { content: '', thinking: '' },
    ],
    [
      { type: 'content-start', index: 0, delta: content({ type: 'text', text: 'Be' }) },
      { content: 'Be', thinking: '' },
    ],
    [
      { type: 'content-delta', index: 0, delta: content({ text: 'gin' }) },
      { content: 'gin', thinking: '' },
    ],
    [
      { type: 'content-delta', index: 0, delta: content({ thinking: 'Hm' }) },
      { content: '', thinking: 'Hm' },
    ],
    [
      {
        type: 'tool-call-start',
        index: 1,
        delta: calls({
          id: 'c',
          type: 'function',
          function: { name: 'f', arguments: '' },
          mark: 1,
        }),
      },
      { toolCalls: [{ index: 1, id: 'c', name: 'f', arguments: '', extra: { mark: 1 } }] },
    ],
    [
      { type: 'tool-call-delta', index: 1, delta: calls({ function: { arguments: '{"a"' } }) },
      { toolCalls: [{ index: 1, id: null, name: null, arguments: '{"a"', continues: true }] },
    ],
    [{ type: 'tool-call-end', index: 1 }, { endedToolCalls: [1] }],
    [{ type: 'tool-call-end' }, { endedToolCalls: 'all' }],
    [{ type: 'tool-plan-delta', delta: { message: { toolPlan: 'I will' } } }, {}],
    [{ type: 'citation-start', delta: { message: { citations: { start: 0 } } } }, {}],
    [{ type: 'citation-end' }, {}],
    [{ type: 'content-end', index: 0 }, {}],
    [{ type: 'debug', prompt: '<BOS>' }, {}],
    [{ type: 'something-new', delta: content({ text: 'x' }) }, {}],
  ])('should decode %j', (event, delta) => {
    expect(decode(event)).toEqual(delta);
  });

  it('should decode the end with its reason and its counts', () => {
    const usage = { tokens: { inputTokens: 3, outputTokens: 4 }, cachedTokens: 1 };
    expect(decode({ type: 'message-end', delta: { finishReason: 'COMPLETE', usage } })).toEqual({
      finishReasons: ['COMPLETE'],
      usage,
      commonUsage: {
        inputTokens: 3,
        outputTokens: 4,
        totalTokens: 7,
        cachedTokens: 1,
        cacheWriteTokens: null,
        reasoningTokens: null,
      },
      end: 'now',
    });
    expect(decode({ type: 'message-end' })).toEqual({
      finishReasons: null,
      usage: null,
      commonUsage: null,
      end: 'now',
    });
  });

  it('should take no failed answer for a finished one, and no empty counts for counts', () => {
    const delta = { finishReason: 'ERROR', usage: {}, error: 'no' };
    expect(decode({ type: 'message-end', delta })).toEqual({
      finishReasons: ['ERROR'],
      usage: null,
      commonUsage: null,
    });
    expect(decode({ type: 'message-end', delta: { finishReason: 'TIMEOUT' } }).end).toBeUndefined();
  });

  it('should be total', () => {
    const types = [
      'message-start',
      'content-delta',
      'tool-call-start',
      'tool-call-delta',
      'message-end',
    ];
    const part = fc.option(
      fc.dictionary(fc.constantFrom('content', 'toolCalls'), fc.constant(null)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), part, fc.boolean(), (type, message, delta) => {
        decode({ type, ...(delta && { delta: { message } }) });
        decode({ type, delta: null });
      }),
    );
    for (const event of [null, undefined, 3, 'text', [], {}]) expect(decode(event)).toEqual({});
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['TOOL_CALL', 'tool_calls'],
    ['ERROR', 'error'],
    ['TIMEOUT', 'error'],
    ['SOMETHING_NEW', 'other'],
    ['constructor', 'other'],
  ])('should call %s %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });
});
