import { describe, expect, it } from '@jest/globals';
import { StreamError, type ToolOutput } from 'rx-llm';
import type { BedrockWire } from 'rx-llm/bedrock';
import { encodeToolOutputs, encodeToolResult } from '../../../providers/bedrock/tool-result.ts';

const resultOf = (output: unknown, isError?: boolean) =>
  encodeToolResult({
    type: 'tool_result',
    id: 't1',
    name: 'add',
    output,
    ...(isError !== undefined && { isError }),
  }).toolResult;

describe('encodeToolResult', () => {
  it.each<[unknown, object]>([
    ['sunny', { text: 'sunny' }],
    [{ degrees: 7 }, { json: { degrees: 7 } }],
    [{}, { json: {} }],
    // `json` must hold an object.
    [[1, 2], { text: '[1,2]' }],
    [7, { text: '7' }],
    [false, { text: 'false' }],
    [null, { text: 'null' }],
    // Empty texts and empty contents are refused.
    [undefined, { text: 'null' }],
    ['', { text: '""' }],
    [' ', { text: '" "' }],
    [new Date(0), { text: '"1970-01-01T00:00:00.000Z"' }],
    [{ at: new Date(0), gone: undefined }, { json: { at: '1970-01-01T00:00:00.000Z' } }],
    [{ ids: new Set([1]), file: Buffer.from([1, 2, 3]) }, { json: { ids: [1], file: 'AQID' } }],
    [new Set(['a']), { text: '["a"]' }],
    [new Map([['a', 1]]), { json: { a: 1 } }],
  ])('should send %j', (output, content) => {
    expect(resultOf(output)).toEqual({ toolUseId: 't1', content: [content] });
  });

  it('should mark what failed, and say how', () => {
    expect(resultOf('Station not found', true)).toEqual({
      toolUseId: 't1',
      content: [{ text: 'Station not found' }],
      status: 'error',
    });
    expect(resultOf(new Error('no station'))).toMatchObject({
      content: [{ text: 'no station' }],
      status: 'error',
    });
    expect(resultOf('fine', false)).not.toHaveProperty('status');
  });
});

describe('encodeToolOutputs', () => {
  const called = (id: string, error: StreamError | null = null) =>
    ({ id, name: 'add', error }) as ToolOutput<BedrockWire>[0];

  it('should put all results into one message', () => {
    expect(
      encodeToolOutputs([
        [called('t1'), 'one'],
        [called('t2'), { two: 2 }],
      ]),
    ).toEqual([
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 't1', content: [{ text: 'one' }] } },
          { toolResult: { toolUseId: 't2', content: [{ json: { two: 2 } }] } },
        ],
      },
    ]);
  });

  it('should mark the answer to a call that must not run', () => {
    const error = new StreamError('bedrock', { code: 'unknown-tool', message: 'no such tool' });
    expect(encodeToolOutputs([[called('t1', error), error]])).toMatchObject([
      { content: [{ toolResult: { status: 'error' } }] },
    ]);
    expect(encodeToolOutputs([[called('t1', error), 'Ask again']])).toMatchObject([
      { content: [{ toolResult: { status: 'error', content: [{ text: 'Ask again' }] } }] },
    ]);
  });

  it('should make no message of no results', () => {
    expect(encodeToolOutputs([])).toEqual([]);
  });
});
