import { describe, expect, it } from '@jest/globals';
import type { CommonParams } from 'rx-llm';
import { encodeParams } from '../../../providers/mistral/encode-params.ts';
import type { MistralParams } from '../../../providers/mistral/wire.ts';

describe('encodeParams', () => {
  it.each<[CommonParams, MistralParams]>([
    [{}, {}],
    [{ temperature: 0 }, { temperature: 0 }],
    [{ topP: 0.9 }, { topP: 0.9 }],
    [{ maxTokens: 64 }, { maxTokens: 64 }],
    [{ frequencyPenalty: -0.5 }, { frequencyPenalty: -0.5 }],
    [{ presencePenalty: 0.5 }, { presencePenalty: 0.5 }],
    [{ seed: 0 }, { randomSeed: 0 }],
    [{ stop: 'END' }, { stop: 'END' }],
    [{ stop: ['END', 'STOP'] }, { stop: ['END', 'STOP'] }],
    [{ toolChoice: 'auto' }, { toolChoice: 'auto' }],
    [{ toolChoice: 'required' }, { toolChoice: 'any' }],
    [{ toolChoice: 'none' }, { toolChoice: 'none' }],
    [{ toolChoice: { name: 'f' } }, { toolChoice: { type: 'function', function: { name: 'f' } } }],
  ])('should give %j as %j', (params, expected) => {
    expect(encodeParams(params, true)).toStrictEqual(expected);
  });

  it('should give nothing for what is not set', () => {
    expect(
      encodeParams(
        {
          temperature: undefined,
          topP: undefined,
          maxTokens: undefined,
          frequencyPenalty: undefined,
          presencePenalty: undefined,
          seed: undefined,
          stop: undefined,
          toolChoice: undefined,
        },
        true,
      ),
    ).toStrictEqual({});
  });

  it('should leave a choice out where there is nothing to choose', () => {
    expect(encodeParams({ toolChoice: 'auto' }, false)).toStrictEqual({});
    expect(encodeParams({ toolChoice: 'none' }, false)).toStrictEqual({});
  });
});
