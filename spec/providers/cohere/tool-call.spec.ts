import { describe, expect, it } from '@jest/globals';
import { toolCallOf, withArguments } from '../../../providers/cohere/tool-call.ts';

describe('toolCallOf', () => {
  it('should give a call as it stands in a message, fields of Cohere’s own included', () => {
    expect(
      toolCallOf({ index: 0, id: 'c_1', name: 'f', arguments: '{"a":1}', extra: { mark: 'x' } }),
    ).toEqual({
      mark: 'x',
      id: 'c_1',
      type: 'function',
      function: { name: 'f', arguments: '{"a":1}' },
    });
  });

  it('should make up an id where there is none', () => {
    expect(toolCallOf({ index: 3, id: null, name: 'f', arguments: '' }).id).toBe('call_3');
  });
});

describe('withArguments', () => {
  it('should have valid JSON for no arguments', () => {
    for (const text of ['', ' ', undefined]) {
      const called = { name: 'f', ...(text !== undefined && { arguments: text }) };
      expect(withArguments({ id: 'c', type: 'function', function: called }).function).toEqual({
        name: 'f',
        arguments: '{}',
      });
    }
  });

  it('should leave arguments as they are', () => {
    const call = {
      id: 'c',
      type: 'function',
      function: { name: 'f', arguments: '{"a":1}' },
    } as const;
    expect(withArguments(call)).toBe(call);
  });
});
