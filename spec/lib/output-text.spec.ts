import { describe, expect, it } from '@jest/globals';
import { outputText } from '../../lib/output-text.ts';

describe('outputText', () => {
  it.each([
    ['sunny', 'sunny'],
    [{ celsius: 4 }, '{"celsius":4}'],
    [[1, null], '[1,null]'],
    [undefined, ''],
    [new Error('no such city'), 'no such city'],
  ])('should tell %p as %j', (output, text) => {
    expect(outputText(output)).toBe(text);
  });

  it('should refuse what JSON cannot hold rather than lose it', () => {
    expect(() => outputText({ count: 10n })).toThrow(TypeError);
  });
});
