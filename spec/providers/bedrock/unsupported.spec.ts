import { describe, expect, it } from '@jest/globals';
import { unsupported } from '../../../providers/bedrock/unsupported.ts';

describe('unsupported', () => {
  it('should say what is not taken and what to do', () => {
    expect(unsupported('bedrock', 'seed', 'leave it out')).toMatchObject({
      code: 'unsupported',
      provider: 'bedrock',
      message: '[bedrock] Converse does not take seed; leave it out.',
      retryable: false,
    });
  });
});
