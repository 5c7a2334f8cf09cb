import { describe, expect, it } from '@jest/globals';
import { StreamError, type CommonParams } from 'rx-llm';
import type { ConverseParams } from 'rx-llm/bedrock';
import { encodeParams } from '../../../providers/bedrock/encode-params.ts';

const encode = (common: CommonParams, params: ConverseParams = {}) =>
  encodeParams('bedrock', params, common);

describe('encodeParams', () => {
  it.each<[CommonParams, object]>([
    [{ temperature: 0 }, { temperature: 0 }],
    [{ topP: 0.5 }, { topP: 0.5 }],
    [{ maxTokens: 7 }, { maxTokens: 7 }],
    [{ stop: 'END' }, { stopSequences: ['END'] }],
    [{ stop: ['END', '\n'] }, { stopSequences: ['END', '\n'] }],
    [
      { temperature: 1, topP: 1, maxTokens: 1, stop: '.' },
      { temperature: 1, topP: 1, maxTokens: 1, stopSequences: ['.'] },
    ],
  ])('should encode %j', (common, inferenceConfig) => {
    expect(encode(common)).toStrictEqual({ inferenceConfig });
  });

  it.each<CommonParams>([
    {},
    { temperature: undefined, topP: undefined, maxTokens: undefined, stop: undefined },
    { toolChoice: 'auto' },
  ])('should say nothing of %j', (common) => {
    expect(encode(common)).toStrictEqual({});
  });

  it('should let the caller’s own go first, field by field', () => {
    const params = { inferenceConfig: { temperature: 0, stopSequences: ['own'] } };
    expect(encode({ temperature: 1, maxTokens: 7, stop: 'END' }, params)).toEqual({
      inferenceConfig: { temperature: 0, maxTokens: 7, stopSequences: ['own'] },
    });
  });

  it('should take an own parameter that is undefined for none', () => {
    const params = { inferenceConfig: { temperature: undefined } };
    expect(encode({ temperature: 1 }, params)).toEqual({ inferenceConfig: { temperature: 1 } });
  });

  describe('refuses what Converse does not have: it', () => {
    const missing: readonly [keyof CommonParams, string][] = [
      ['frequencyPenalty', 'frequency_penalty'],
      ['presencePenalty', 'presence_penalty'],
      ['seed', 'seed'],
    ];

    it.each(missing)('should refuse %s', (name) => {
      expect(() => encode({ [name]: 0 })).toThrow(StreamError);
      expect(() => encode({ [name]: 0 })).toThrow(
        `[bedrock] This API does not take ${name}; leave it out of commonParams, or put what the ` +
          'model calls it into callParams.additionalModelRequestFields.',
      );
    });

    it.each(missing)('should not refuse %s that is undefined', (name) => {
      expect(encode({ [name]: undefined })).toStrictEqual({});
    });

    it.each(missing)('should not refuse %s where the model’s own %s goes first', (name, field) => {
      const params = { additionalModelRequestFields: { [field]: 1 } };
      expect(encode({ [name]: 0 }, params)).toStrictEqual({});
    });

    it('should refuse it beside other fields of the model', () => {
      const params = { additionalModelRequestFields: { top_k: 1 } };
      expect(() => encode({ seed: 1 }, params)).toThrow(StreamError);
    });
  });
});
