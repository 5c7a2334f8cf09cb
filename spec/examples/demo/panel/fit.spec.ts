import { describe, expect, it } from '@jest/globals';
import { fitEnd, fitStart } from '../../../../examples/demo/panel/fit.ts';

describe('fitting a text into columns', () => {
  it.each([
    ['a text that fits', 'Hello', 5, 'Hello', 'Hello'],
    ['a text that is too long', 'Hello, world', 6, 'Hello…', '…world'],
    ['wide signs', '東京と大阪', 7, '東京と…', '…と大阪'],
    ['a sign of many code points', 'I am 👩‍🚀', 7, 'I am 👩‍🚀', 'I am 👩‍🚀'],
    ['half of a wide sign', '東京', 2, '…', '…'],
    ['escape sequences', '\u001B[2Jgone', 9, ' [2Jgone', ' [2Jgone'],
    ['no column at all', 'Hello', 1, '…', '…'],
  ])('should keep the beginning or the end of %s', (_case, text, columns, start, end) => {
    expect(fitStart(text, columns)).toBe(start);
    expect(fitEnd(text, columns)).toBe(end);
  });
});
