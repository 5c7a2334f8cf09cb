import { describe, expect, it } from '@jest/globals';
import { inputOf, objectOf, toolUseOf } from '../../../providers/anthropic/tool-use.ts';

const call = { index: 1, id: 'toolu_1', name: 'add', arguments: '{"a":1}' };

describe('toolUseOf', () => {
  it('should give the call as a block, with the fields that came with it', () => {
    const extra = { caller: { type: 'direct' } };
    expect(toolUseOf({ ...call, extra })).toEqual({
      type: 'tool_use',
      id: 'toolu_1',
      name: 'add',
      input: { a: 1 },
      caller: { type: 'direct' },
    });
  });

  it('should make an id where none came', () => {
    expect(toolUseOf({ ...call, id: null })).toMatchObject({ id: 'call_1' });
  });

  it('should wrap arguments that were cut off', () => {
    expect(toolUseOf({ ...call, arguments: '{"a":' }).input).toEqual({ INVALID_JSON: '{"a":' });
  });
});

describe('inputOf', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['', {}],
    [' ', {}],
    ['null', {}],
    ['{}', {}],
    ['[1]', [1]],
    ['{"a":', '{"a":'],
    ['so?', 'so?'],
  ])('should read %j as %j', (text, input) => {
    expect(inputOf(text)).toEqual(input);
  });
});

describe('objectOf', () => {
  it('should give an object back as it is', () => {
    const input = { a: 1 };
    expect(objectOf(input)).toBe(input);
  });

  it.each([
    ['{"a":', '{"a":'],
    [[1, 2], '[1,2]'],
    [null, 'null'],
    [7, '7'],
  ])('should wrap %j', (input, text) => {
    expect(objectOf(input)).toEqual({ INVALID_JSON: text });
  });
});
