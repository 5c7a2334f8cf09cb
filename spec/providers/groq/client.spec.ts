import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Groq from 'groq-sdk';
import { groqClient } from '../../../providers/groq/client.ts';

describe('groqClient', () => {
  const { GROQ_API_KEY: key } = process.env;
  beforeEach(() => {
    delete process.env['GROQ_API_KEY'];
  });
  afterEach(() => {
    if (key !== undefined) process.env['GROQ_API_KEY'] = key;
  });

  it('should use the client it is given, or the one a function gives', async () => {
    const client = new Groq({ apiKey: 'key' });
    expect(await groqClient({ client })).toBe(client);
    expect(await groqClient({ client: () => client })).toBe(client);
    expect(await groqClient({ client: () => Promise.resolve(client) })).toBe(client);
  });

  it('should make one without retries of its own', async () => {
    const client = await groqClient({ clientOptions: { apiKey: 'key' } });
    expect(client).toMatchObject({ apiKey: 'key', maxRetries: 0 });
  });

  it('should say that a key is missing', async () => {
    await expect(groqClient({})).rejects.toMatchObject({
      code: 'authentication',
      provider: 'groq',
      message: expect.stringContaining('GROQ_API_KEY'),
    });
  });
});
