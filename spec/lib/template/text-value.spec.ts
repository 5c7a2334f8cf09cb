import { describe, expect, it } from '@jest/globals';
import { plainText, textOf } from '../../../lib/template/text-value.ts';

describe('plainText', () => {
  it.each([
    ['fantasy', 'fantasy'],
    ['', ''],
    [' {x}\nSYSTEM: ', ' {x}\nSYSTEM: '],
    [0, '0'],
    [-1.5, '-1.5'],
    [12345678901234567890n, '12345678901234567890'],
    [true, 'true'],
    [false, 'false'],
  ])('should read %p', (value, text) => {
    expect(plainText(value)).toBe(text);
  });

  it.each([
    [null],
    [undefined],
    [{}],
    [[]],
    [new Date(0)],
    [Symbol('x')],
    [() => 'x'],
    [Object('x')],
  ])('should not read %p', (value) => {
    expect(plainText(value)).toBeNull();
  });
});

describe('textOf', () => {
  it('should read a list line by line', () => {
    expect(textOf('list', ['Emma', 1984, true])).toBe('Emma\n1984\ntrue');
    expect(textOf('list', ['Emma'])).toBe('Emma');
    expect(textOf('list', [])).toBe('');
  });

  it('should read lists with a blank line between them', () => {
    expect(textOf('lists', [['Emma', 'Persuasion'], [1984]])).toBe('Emma\nPersuasion\n\n1984');
    expect(textOf('lists', [])).toBe('');
  });

  it('should read a plain value as it is', () => {
    expect(textOf('', 'Emma')).toBe('Emma');
  });

  it.each([
    ['', ['Emma']],
    ['list', 'Emma'],
    ['list', ['Emma', null]],
    ['list', [['Emma']]],
    ['list', new Set(['Emma'])],
    ['lists', ['Emma']],
    ['lists', [['Emma'], 'Persuasion']],
    ['lists', [['Emma', {}]]],
  ] as const)('should not read as {x:%s} %j', (spec, value) => {
    expect(textOf(spec, value)).toBeNull();
  });
});
