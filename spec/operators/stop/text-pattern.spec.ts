import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textPattern } from '../../../operators/stop/text-pattern.ts';

describe('textPattern', () => {
  it('should find the match that is complete first, not the one that starts first', () => {
    expect(textPattern(['abcd', 'bc'], 100).find('xabcd', 0)).toEqual({ start: 2, end: 4 });
    expect(textPattern(/a.*d|bc/, 100).find('xabcd', 0)).toEqual({ start: 2, end: 4 });
  });

  it('should find the longest of several matches that end together', () => {
    expect(textPattern(['b', 'ab'], 100).find('xab', 0)).toEqual({ start: 1, end: 3 });
  });

  it('should take an expression’s match as soon as it is one', () => {
    expect(textPattern(/END\d+/, 100).find('END123', 0)).toEqual({ start: 0, end: 4 });
  });

  it('should take text as text, whatever it means in an expression', () => {
    const text = String.raw`a.b*c(d)[e]{f}|g\h^i$j+k?`;
    expect(textPattern(text, 100).find(`<${text}>`, 0)).toEqual({ start: 1, end: text.length + 1 });
    expect(textPattern('a.b', 100).find('axb', 0)).toBeNull();
  });

  it('should look no further back than it is told, and still see what stands before', () => {
    expect(textPattern(/^b/, 100).find('ab', 1)).toBeNull();
    expect(textPattern(/(?<=a)b/, 100).find('ab', 1)).toEqual({ start: 1, end: 2 });
    expect(textPattern('ab', 100).find('ab', 1)).toBeNull();
  });

  it('should find a match of no length, also at the start', () => {
    expect(textPattern(/(?=END)/, 100).find('END', 0)).toEqual({ start: 0, end: 0 });
    expect(textPattern(/(?=END)/, 100).find('an END', 0)).toEqual({ start: 3, end: 3 });
    expect(textPattern(/(?<=a)(?=b)/, 100).find('ab', 1)).toEqual({ start: 1, end: 1 });
  });

  it('should leave the caller’s own expression alone', () => {
    const expression = /b/gy;
    expression.lastIndex = 7;
    expect(textPattern(expression, 100).find('ab', 0)).toEqual({ start: 1, end: 2 });
    expect(expression.lastIndex).toBe(7);
  });

  it('should tell how much may be the beginning of a match', () => {
    const { openLength } = textPattern(['END', 'NOW'], 100);
    expect(['', 'x', 'xE', 'xEN', 'xENDX', 'N', 'EN', 'E N'].map(openLength)).toEqual([
      0, 0, 1, 2, 0, 1, 2, 1,
    ]);
    expect(textPattern(/x/, 5).openLength('abcdefgh')).toBe(4);
  });

  it.each([[''], [[]], [['a', '']], [/a*/], [/(?:)/]])(
    'should refuse the empty pattern %p',
    (pattern) => {
      expect(() => textPattern(pattern, 100)).toThrow(TypeError);
      expect(() => textPattern(pattern, 100)).toThrow(/empty/);
    },
  );

  it.each([0, -1, NaN])('should refuse %p as the longest match', (maxLength) => {
    expect(() => textPattern(/a/, maxLength)).toThrow(/maxLength must be 1 or more/);
  });

  it('should find in any text what the shortest text that contains it shows', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '\ud83d'), maxLength: 12 });
    const needles = fc.array(letters.filter(Boolean), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(letters, needles, (text, needles) => {
        const end = Array.from({ length: text.length + 1 }, (_, end) => end).find((end) =>
          needles.some((needle) => text.slice(0, end).includes(needle)),
        );
        const found = textPattern(needles, 100).find(text, 0);
        expect(found?.end).toBe(end);
        if (found) expect(needles).toContain(text.slice(found.start, found.end));
      }),
      { numRuns: 2000 },
    );
  });
});
