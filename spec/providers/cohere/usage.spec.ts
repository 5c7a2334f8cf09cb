import { describe, expect, it } from '@jest/globals';
import { countTokens } from '../../../providers/cohere/usage.ts';

describe('countTokens', () => {
  it('should count tokens, not what is billed', () => {
    expect(
      countTokens({
        billedUnits: { inputTokens: 65, outputTokens: 63 },
        tokens: { inputTokens: 508, outputTokens: 86, reasoningTokens: 28 },
        cachedTokens: 144,
      }),
    ).toEqual({
      inputTokens: 508,
      outputTokens: 86,
      totalTokens: 594,
      cachedTokens: 144,
      cacheWriteTokens: null,
      reasoningTokens: 28,
    });
  });

  it('should know nothing of tokens where only bills are told', () => {
    expect(countTokens({ billedUnits: { inputTokens: 65, searchUnits: 1 } })).toMatchObject({
      inputTokens: null,
      outputTokens: null,
      totalTokens: null,
      cachedTokens: null,
    });
  });
});
