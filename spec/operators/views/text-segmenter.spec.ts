import { describe, expect, it } from '@jest/globals';
import { textSegmenter } from '../../../operators/views/text-segmenter.ts';

describe('textSegmenter', () => {
  it('should know a language and what to look for', () => {
    const options = textSegmenter('words', 'word', 'de').resolvedOptions();
    expect(options).toEqual({ granularity: 'word', locale: 'de' });
  });

  it('should refuse what is no language tag, in the name of the operator', () => {
    expect(() => textSegmenter('words', 'word', 'German!')).toThrow(RangeError);
    expect(() => textSegmenter('words', 'word', 'German!')).toThrow(
      `words: locale must be a BCP 47 tag, such as words({ locale: 'de' }), not "German!"`,
    );
  });
});
