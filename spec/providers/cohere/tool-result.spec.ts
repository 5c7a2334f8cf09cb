import { describe, expect, it } from '@jest/globals';
import { encodeToolResult, toolMessageParams } from '../../../providers/cohere/tool-result.ts';

describe('encodeToolResult', () => {
  it.each([
    ['a text as it is', 'sunny, 20°C', 'sunny, 20°C'],
    ['everything else as JSON', { a_b: [1] }, '{"a_b":[1]}'],
    ['an error as what went wrong', new Error('no such city'), 'no such city'],
    ['nothing as an empty text', undefined, ''],
  ])('should give %s', (_title, output, content) => {
    expect(encodeToolResult({ type: 'tool_result', id: 'c_1', name: 'f', output })).toEqual({
      role: 'tool',
      toolCallId: 'c_1',
      content,
    });
  });
});

describe('toolMessageParams', () => {
  it('should make a message for each result', () => {
    const outputs = [
      [{ id: 'c_1', name: 'f' }, 1],
      [{ id: 'c_2', name: 'g' }, 'two'],
    ];
    expect(toolMessageParams(outputs as never)).toEqual([
      { role: 'tool', toolCallId: 'c_1', content: '1' },
      { role: 'tool', toolCallId: 'c_2', content: 'two' },
    ]);
    expect(toolMessageParams([])).toEqual([]);
  });
});
