import { describe, expect, it } from '@jest/globals';
import { outputJson, outputText } from '../../lib/output-text.ts';

describe('outputText', () => {
  it.each([
    ['sunny', 'sunny'],
    [{ celsius: 4 }, '{"celsius":4}'],
    [[1, null], '[1,null]'],
    [undefined, ''],
    [new Error('no such city'), 'no such city'],
    [new Uint8Array([1, 2, 3]), 'AQID'],
    [new Uint8Array([1, 2, 3]).buffer, 'AQID'],
    [new Set([1, 2]), '[1,2]'],
    [new Map([['city', 'Oslo']]), '{"city":"Oslo"}'],
    [
      { file: Buffer.from([1, 2, 3]), at: new Date(0) },
      '{"file":"AQID","at":"1970-01-01T00:00:00.000Z"}',
    ],
    [[new Set(['a']), new Error('no')], '[["a"],"no"]'],
    [{ some: undefined, all: null }, '{"all":null}'],
  ])('should tell %p as %j', (output, text) => {
    expect(outputText(output)).toBe(text);
  });

  it('should refuse what JSON cannot hold rather than lose it', () => {
    expect(() => outputText({ count: 10n })).toThrow(TypeError);
  });
});

describe('outputJson', () => {
  it.each([
    ['sunny', 'sunny'],
    [null, null],
    [undefined, undefined],
    [new Error('no such city'), 'no such city'],
    [
      { ids: new Set([1]), at: new Date(0) },
      { ids: [1], at: '1970-01-01T00:00:00.000Z' },
    ],
  ])('should tell %p as %j', (output, json) => {
    expect(outputJson(output)).toEqual(json);
  });
});
