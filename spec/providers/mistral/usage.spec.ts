import { describe, expect, it } from '@jest/globals';
import { countTokens } from '../../../providers/mistral/usage.ts';

describe('countTokens', () => {
  it('should count cached tokens into the input and reasoning into the output', () => {
    expect(
      countTokens({
        promptTokens: 9,
        completionTokens: 4,
        totalTokens: 13,
        prompt_tokens_details: { cached_tokens: 2 },
        completion_tokens_details: { reasoning_tokens: 1 },
      }),
    ).toEqual({
      inputTokens: 9,
      outputTokens: 4,
      totalTokens: 13,
      cachedTokens: 2,
      cacheWriteTokens: null,
      reasoningTokens: 1,
    });
  });

  it('should say null for what it is not told', () => {
    expect(countTokens({ promptTokens: 9, prompt_tokens_details: null })).toEqual({
      inputTokens: 9,
      outputTokens: null,
      totalTokens: null,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
    });
  });

  it.each([
    { prompt_token_details: { cached_tokens: 3 } },
    { num_cached_tokens: 3 },
    { num_cached_tokens: 9, prompt_tokens_details: { cached_tokens: 3 } },
  ])('should find the cached tokens in %j', (usage) => {
    expect(countTokens(usage)).toMatchObject({ cachedTokens: 3 });
  });
});
