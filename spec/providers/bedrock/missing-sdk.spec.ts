import { describe, expect, it, jest } from '@jest/globals';
import { outcomeOf } from '../../support/outcome.ts';

// Stands for a package that is not installed: importing it throws.
jest.unstable_mockModule('@aws-sdk/client-bedrock-runtime', () => {
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
});

describe('bedrock without its SDK', () => {
  it('should say what to install, when it is subscribed to and not before', async () => {
    const { bedrock } = await import('rx-llm/bedrock');
    const stream = bedrock.call('nova', () => 'Hello')();
    const { error } = await outcomeOf(stream);
    expect(error).toMatchObject({
      code: 'missing-sdk',
      provider: 'bedrock',
      retryable: false,
      message: expect.stringContaining('npm install @aws-sdk/client-bedrock-runtime'),
    });
  });
});
