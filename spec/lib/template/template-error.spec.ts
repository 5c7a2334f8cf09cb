import { describe, expect, it } from '@jest/globals';
import { StreamError } from '../../../lib/stream-error.ts';
import { templateError, valuesError } from '../../../lib/template/template-error.ts';

describe('templateError', () => {
  it('should say where in the template', () => {
    expect(templateError(3, 'a } that closes nothing')).toEqual(
      new TypeError('Prompt template, line 3: a } that closes nothing'),
    );
  });
});

describe('valuesError', () => {
  it('should be a failure of the prompt, of no provider, that trying again does not cure', () => {
    const error = valuesError('no value for genre');
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'prompt', provider: null, retryable: false });
    expect(error.message).toBe(
      '[rx-llm] The prompt template cannot be filled in: no value for genre.',
    );
  });
});
