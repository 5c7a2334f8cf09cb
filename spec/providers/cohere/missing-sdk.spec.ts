import { describe, expect, it, jest } from '@jest/globals';
import { outcomeOf } from '../../support/outcome.ts';

// Stands for a package that is not installed: importing it throws.
jest.unstable_mockModule('cohere-ai', () => {
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
});

describe('cohere without its SDK', () => {
  it('should say what to install, when it is subscribed to and not before', async () => {
    const { cohere } = await import('rx-llm/cohere');
    const stream = cohere.call('command-a-03-2025', () => 'Hello')();
    const { error } = await outcomeOf(stream);
    expect(error).toMatchObject({
      code: 'missing-sdk',
      provider: 'cohere',
      retryable: false,
      message: expect.stringContaining('npm install cohere-ai'),
    });
  });

  it('should do without it where the caller brings a client', async () => {
    const { cohereSender } = await import('../../../providers/cohere/client.ts');
    const sender = await cohereSender({ client: {} as never });
    const rawResponse = new Response('');
    expect(sender.failure({ message: 'no', body: { a: 1 }, rawResponse })).toMatchObject({
      message: 'no',
      statusCode: undefined,
      body: { a: 1 },
      rawResponse,
    });
  });
});
