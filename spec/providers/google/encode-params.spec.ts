import type { GenerateContentConfig } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import type { CommonParams } from 'rx-llm';
import { encodeParams } from '../../../providers/google/encode-params.ts';

describe('encodeParams', () => {
  it.each<[CommonParams, GenerateContentConfig]>([
    [{}, {}],
    [{ temperature: 0 }, { temperature: 0 }],
    [{ topP: 0.9 }, { topP: 0.9 }],
    [{ maxTokens: 64 }, { maxOutputTokens: 64 }],
    [{ frequencyPenalty: -0.5 }, { frequencyPenalty: -0.5 }],
    [{ presencePenalty: 0.5 }, { presencePenalty: 0.5 }],
    [{ seed: 0 }, { seed: 0 }],
    [{ stop: 'END' }, { stopSequences: ['END'] }],
    [{ stop: ['END', 'STOP'] }, { stopSequences: ['END', 'STOP'] }],
  ])('should give %j as %j', (params, expected) => {
    expect(encodeParams(params)).toStrictEqual(expected);
  });

  it('should give nothing for what is not set', () => {
    expect(
      encodeParams({
        temperature: undefined,
        topP: undefined,
        maxTokens: undefined,
        frequencyPenalty: undefined,
        presencePenalty: undefined,
        seed: undefined,
        stop: undefined,
        toolChoice: undefined,
      }),
    ).toStrictEqual({});
  });
});
