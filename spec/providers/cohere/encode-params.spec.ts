import { describe, expect, it } from '@jest/globals';
import type { CommonParams } from 'rx-llm';
import { encodeParams } from '../../../providers/cohere/encode-params.ts';
import type { ChatParams } from '../../../providers/cohere/wire.ts';

const offered = ['f'];

describe('encodeParams', () => {
  it.each<[CommonParams, ChatParams]>([
    [{}, {}],
    [{ temperature: 0 }, { temperature: 0 }],
    [{ topP: 0.9 }, { p: 0.9 }],
    [{ maxTokens: 64 }, { maxTokens: 64 }],
    [{ frequencyPenalty: 0.5 }, { frequencyPenalty: 0.5 }],
    [{ presencePenalty: 0.5 }, { presencePenalty: 0.5 }],
    [{ seed: 0 }, { seed: 0 }],
    [{ stop: 'END' }, { stopSequences: ['END'] }],
    [{ stop: ['END', 'STOP'] }, { stopSequences: ['END', 'STOP'] }],
    [{ toolChoice: 'required' }, { toolChoice: 'REQUIRED' }],
    [{ toolChoice: 'auto' }, {}],
  ])('should give %j as %j', (params, expected) => {
    expect(encodeParams(params, {}, offered)).toStrictEqual(expected);
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
        {},
        offered,
      ),
    ).toStrictEqual({});
  });

  it('should leave the choice to the caller’s own, even where this one would be refused', () => {
    const own = { toolChoice: 'NONE' } as const;
    expect(encodeParams({ toolChoice: { name: 'g' } }, own, offered)).toStrictEqual(own);
  });
});
