import { describe, expect, it } from '@jest/globals';
import { StreamError, type ToolOutput } from 'rx-llm';
import { encodeToolResult, toolMessageParams } from '../../../providers/anthropic/tool-result.ts';
import type { AnthropicWire } from '../../../providers/anthropic/wire.ts';

const output = (
  id: string,
  value: unknown,
  block: object = {},
  error: StreamError | null = null,
): ToolOutput<AnthropicWire> =>
  [
    {
      id,
      name: 'add',
      toolCall: { type: 'tool_use', id, name: 'add', input: {}, ...block },
      error,
    },
    value,
  ] as unknown as ToolOutput<AnthropicWire>;

describe('toolMessageParams', () => {
  it('should put the results of all calls into one message of the user', () => {
    expect(toolMessageParams([output('a', 'sunny'), output('b', { degrees: 7 })])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: 'sunny' },
          { type: 'tool_result', tool_use_id: 'b', content: '{"degrees":7}' },
        ],
      },
    ]);
  });

  it('should tell the answer to a call that must not run as an error', () => {
    const error = new StreamError('anthropic', { code: 'unknown-tool', message: 'no such tool' });
    expect(
      toolMessageParams([output('a', 'Ask again', {}, error), output('b', new Error('no'))]),
    ).toEqual([
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: 'Ask again', is_error: true },
          { type: 'tool_result', tool_use_id: 'b', content: 'no', is_error: true },
        ],
      },
    ]);
  });

  it('should give no message for no results', () => {
    expect(toolMessageParams([])).toEqual([]);
  });

  it('should name the toolset a call belongs to', () => {
    expect(toolMessageParams([output('a', 'ok', { toolset_name: 'computer' })])).toMatchObject([
      { content: [{ tool_use_id: 'a', toolset_name: 'computer' }] },
    ]);
  });
});

describe('encodeToolResult', () => {
  const encode = (value: unknown, fields: object = {}) =>
    encodeToolResult({ type: 'tool_result', id: 'a', name: 'add', output: value, ...fields });

  it.each([
    ['a text', 'sunny', { content: 'sunny' }],
    ['an object', { a: [1] }, { content: '{"a":[1]}' }],
    ['a number', 7, { content: '7' }],
    ['null', null, { content: 'null' }],
    ['nothing', undefined, {}],
    ['an empty text', '', {}],
    ['an error', new Error('no such city'), { content: 'no such city', is_error: true }],
    [
      'an error of ours',
      new StreamError('anthropic', { code: 'unknown-tool', message: 'Tool "fly" is unknown' }),
      { content: '[anthropic] Tool "fly" is unknown.', is_error: true },
    ],
  ])('should tell %s', (_name, value, told) => {
    expect(encode(value)).toEqual({ type: 'tool_result', tool_use_id: 'a', ...told });
  });

  it('should tell what the caller calls an error as one', () => {
    expect(encode('no such city', { isError: true })).toMatchObject({ is_error: true });
    expect(encode(new Error('never mind'), { isError: false })).not.toHaveProperty('is_error');
  });
});
