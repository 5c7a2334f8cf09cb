import { describe, expect, it } from '@jest/globals';
import { countTokens } from '../../../providers/anthropic/usage.ts';

const unknown = {
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
};

describe('countTokens', () => {
  it('should count as input what was read from and written to the cache', () => {
    expect(
      countTokens({
        input_tokens: 3,
        cache_read_input_tokens: 17_269,
        cache_creation_input_tokens: 37,
        output_tokens: 10,
        output_tokens_details: { thinking_tokens: 4 },
      }),
    ).toEqual({
      inputTokens: 17_309,
      outputTokens: 10,
      totalTokens: 17_319,
      cachedTokens: 17_269,
      cacheWriteTokens: 37,
      reasoningTokens: 4,
    });
  });

  it.each([
    ['nothing', {}, {}],
    [
      'the output only, as older models in message_delta',
      { output_tokens: 65 },
      { outputTokens: 65 },
    ],
    ['no cache', { input_tokens: 9 }, { inputTokens: 9 }],
    [
      'nulls',
      {
        input_tokens: null,
        output_tokens: null,
        cache_read_input_tokens: null,
        cache_creation_input_tokens: null,
        output_tokens_details: null,
      },
      {},
    ],
    [
      'the cache without the input it belongs to',
      { cache_read_input_tokens: 5 },
      { cachedTokens: 5 },
    ],
    [
      'zeros',
      { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0 },
      { inputTokens: 0, outputTokens: 0, totalTokens: 0, cachedTokens: 0 },
    ],
  ])('should leave unknown what is not told: %s', (_name, usage, known) => {
    expect(countTokens(usage)).toEqual({ ...unknown, ...known });
  });
});
