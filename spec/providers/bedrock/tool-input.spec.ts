import { describe, expect, it } from '@jest/globals';
import { isObject, receivedInput, sendableInput } from '../../../providers/bedrock/tool-input.ts';

describe('receivedInput', () => {
  it.each([
    ['', {}],
    [' ', {}],
    ['{}', {}],
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
    ['null', null],
    ['{"a":', '{"a":'],
  ])('should read %j', (text, input) => {
    expect(receivedInput(text)).toEqual(input);
  });
});

describe('sendableInput', () => {
  it('should leave an object as it is', () => {
    const input = { a: 1 };
    expect(sendableInput(input)).toBe(input);
  });

  it.each([[undefined], [null]])('should take %s for no input', (input) => {
    expect(sendableInput(input)).toEqual({});
  });

  it('should wrap what is no object', () => {
    expect(sendableInput('{"a":')).toEqual({ INVALID_JSON: '{"a":' });
    expect(sendableInput([1])).toEqual({ INVALID_JSON: '[1]' });
  });
});

describe('isObject', () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ['', false],
    [1, false],
  ])('should tell whether %j is one', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});
