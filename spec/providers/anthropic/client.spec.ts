import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import { anthropicClient, secretsOf } from '../../../providers/anthropic/client.ts';

const names = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL'] as const;

describe('anthropicClient', () => {
  const saved = names.map((name) => [name, process.env[name]] as const);
  beforeEach(() => {
    for (const name of names) Reflect.deleteProperty(process.env, name);
  });
  afterEach(() => {
    for (const [name, value] of saved) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it('should take the caller’s client, now, later or from a function', async () => {
    const client = new Anthropic({ apiKey: 'test' });
    expect(await anthropicClient({ client })).toBe(client);
    expect(await anthropicClient({ client: () => client })).toBe(client);
    expect(await anthropicClient({ client: () => Promise.resolve(client) })).toBe(client);
  });

  it('should make a client of the caller’s options, without retries unless they say so', async () => {
    const made = await anthropicClient({ clientOptions: { apiKey: 'k', baseURL: 'http://h' } });
    expect(made).toBeInstanceOf(Anthropic);
    expect(made).toMatchObject({ apiKey: 'k', baseURL: 'http://h', maxRetries: 0 });
    const retrying = await anthropicClient({ clientOptions: { apiKey: 'k', maxRetries: 4 } });
    expect(retrying.maxRetries).toBe(4);
  });

  it('should make a client from the environment', async () => {
    process.env['ANTHROPIC_API_KEY'] = 'from-the-environment';
    expect(await anthropicClient({})).toMatchObject({ apiKey: 'from-the-environment' });
  });

  it('should say why no client could be made', async () => {
    const clientOptions = { apiKey: 'a', authToken: 'b' };
    await expect(anthropicClient({ clientOptions })).rejects.toMatchObject({
      name: 'StreamError',
      provider: 'anthropic',
      code: 'authentication',
      detail: expect.stringContaining('Pass at most one of'),
      cause: expect.any(TypeError),
    });
  });
});

describe('secretsOf', () => {
  it('should name every key a client holds', () => {
    expect(secretsOf(new Anthropic({ apiKey: 'key', authToken: null }))).toEqual(['key']);
    expect(secretsOf(new Anthropic({ authToken: 'token', apiKey: null }))).toEqual(['token']);
    expect(secretsOf(new Anthropic({ apiKey: () => Promise.resolve('later') }))).toEqual([]);
  });
});
