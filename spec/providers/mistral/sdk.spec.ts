import { describe, expect, it, jest } from '@jest/globals';
import { outcomeOf } from '../../support/outcome.ts';

// What Node says of a package that is not there.
const missing = Object.assign(new Error("Cannot find package '@mistralai/mistralai'"), {
  code: 'ERR_MODULE_NOT_FOUND',
});
jest.unstable_mockModule('@mistralai/mistralai/sdk/chat.js', () => {
  throw missing;
});

describe('importSdk', () => {
  it('should say which package to install when a call needs it, and not before', async () => {
    const { mistral } = await import('rx-llm/mistral');
    const stream = mistral.call('m', () => 'Hello there')();
    expect((await outcomeOf(stream)).error).toMatchObject({
      code: 'missing-sdk',
      provider: 'mistral',
      message: expect.stringContaining('npm install @mistralai/mistralai'),
      cause: expect.objectContaining({ message: missing.message }),
    });
  });
});
