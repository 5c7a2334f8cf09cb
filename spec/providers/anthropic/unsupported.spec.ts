import { describe, expect, it } from '@jest/globals';
import { unsupported } from '../../../providers/anthropic/unsupported.ts';

describe('unsupported', () => {
  it('should say what is not taken and what to do', () => {
    expect(unsupported('audio', 'send a transcript')).toMatchObject({
      code: 'unsupported',
      provider: 'anthropic',
      message: '[anthropic] The Messages API does not take audio; send a transcript.',
      retryable: false,
    });
  });
});
