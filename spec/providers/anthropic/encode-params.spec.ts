import { describe, expect, it } from '@jest/globals';
import { StreamError, type CommonParams } from 'rx-llm';
import { encodeParams } from '../../../providers/anthropic/encode-params.ts';
import type { MessageParams } from '../../../providers/anthropic/wire.ts';

const encode = (common: CommonParams, params: MessageParams = {}) => encodeParams(params, common);

describe('encodeParams', () => {
  it.each<[string, CommonParams, object]>([
    ['nothing', {}, { max_tokens: 4096 }],
    ['what is not said', { maxTokens: undefined, stop: undefined }, { max_tokens: 4096 }],
    ['maxTokens', { maxTokens: 7 }, { max_tokens: 7 }],
    ['one text to stop at', { stop: 'END' }, { max_tokens: 4096, stop_sequences: ['END'] }],
    ['several', { stop: ['END', '\n'] }, { max_tokens: 4096, stop_sequences: ['END', '\n'] }],
    ['a choice of tool, which goes with the tools', { toolChoice: 'auto' }, { max_tokens: 4096 }],
  ])('should encode %s', (_name, common, fields) => {
    expect(encode(common)).toStrictEqual(fields);
  });

  it('should let the caller’s own parameters go first', () => {
    const own: MessageParams = { max_tokens: 9, stop_sequences: ['own'] };
    expect(encode({ maxTokens: 7, stop: 'END' }, own)).toEqual(own);
  });

  it('should take an own parameter that is undefined for none', () => {
    const own = { max_tokens: undefined, stop_sequences: undefined } as unknown as MessageParams;
    expect(encode({ maxTokens: 7, stop: 'END' }, own)).toEqual({
      max_tokens: 7,
      stop_sequences: ['END'],
    });
  });

  it('should make room for a thinking budget where nobody says how many tokens', () => {
    const thinking = { type: 'enabled', budget_tokens: 10_000 } as const;
    expect(encode({}, { thinking }).max_tokens).toBe(14_096);
    expect(encode({ maxTokens: 12_000 }, { thinking }).max_tokens).toBe(12_000);
  });

  describe('refuses what the API does not have: it', () => {
    const missing: readonly [keyof CommonParams, string][] = [
      ['temperature', 'temperature'],
      ['topP', 'top_p'],
      ['frequencyPenalty', 'frequency_penalty'],
      ['presencePenalty', 'presence_penalty'],
      ['seed', 'seed'],
    ];

    it.each(missing)('should refuse %s', (name) => {
      expect(() => encode({ [name]: 0 })).toThrow(StreamError);
      expect(() => encode({ [name]: 0 })).toThrow(
        `[anthropic] This API does not take ${name}; leave it out of commonParams.`,
      );
    });

    it.each(missing)('should not refuse %s that is undefined', (name) => {
      expect(encode({ [name]: undefined })).toStrictEqual({ max_tokens: 4096 });
    });

    it.each(missing)('should not refuse %s where the caller’s own %s goes first', (name, field) => {
      const own = { [field]: 1 } as MessageParams;
      expect(encode({ [name]: 0 }, own)).toStrictEqual({ max_tokens: 4096 });
    });
  });
});
