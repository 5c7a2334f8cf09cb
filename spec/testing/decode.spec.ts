import { describe, expect, it } from '@jest/globals';
import { finish, text, thinking, toolCall, usage } from 'rx-llm/testing';
import { decodeEvent } from '../../testing/decode.ts';

const silent = { toolCalls: [], endedToolCalls: [] };

describe('decodeEvent', () => {
  it.each([
    ['nothing', {}, silent],
    ['text', text('Hello'), { ...silent, content: 'Hello' }],
    ['thinking', thinking('Hm.'), { ...silent, thinking: 'Hm.' }],
    ['a finish', finish('length'), { ...silent, finishReasons: ['length'], end: 'soon' }],
    [
      'usage',
      usage({ inputTokens: 9, outputTokens: 3 }),
      {
        ...silent,
        usage: { inputTokens: 9, outputTokens: 3 },
        commonUsage: {
          inputTokens: 9,
          outputTokens: 3,
          totalTokens: 12,
          cachedTokens: null,
          cacheWriteTokens: null,
          reasoningTokens: null,
        },
      },
    ],
  ])('should read %s', (_, event, delta) => {
    expect(decodeEvent(event)).toEqual(delta);
  });

  it('should read calls, and which of them are complete', () => {
    const [whole] = toolCall({ name: 'ping', args: {} }).toolCalls ?? [];
    const event = {
      toolCalls: [
        { index: 0, arguments: '{"a' },
        { ...whole!, index: 1, id: 'b' },
      ],
    };
    expect(decodeEvent(event)).toEqual({
      toolCalls: [
        { index: 0, id: null, name: null, arguments: '{"a' },
        { index: 1, id: 'b', name: 'ping', arguments: '{}' },
      ],
      endedToolCalls: [1],
    });
  });
});
