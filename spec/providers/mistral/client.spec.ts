import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Mistral } from '@mistralai/mistralai';
import { resetEnv } from '@mistralai/mistralai/lib/env.js';
import { Chat } from '@mistralai/mistralai/sdk/chat.js';
import { mistral } from 'rx-llm/mistral';
import { mistralClient, secretsOf, withOptions } from '../../../providers/mistral/client.ts';
import { loopbackServer, type LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const refusing = (body: string) => ({ status: 401, steps: [{ send: body }] });

let server: LoopbackServer;
beforeEach(async () => {
  server = await loopbackServer(({ headers }) =>
    refusing(JSON.stringify({ detail: `Not with ${headers.authorization ?? 'nothing'}` })),
  );
});
afterEach(async () => {
  await server.close();
  delete process.env['MISTRAL_API_KEY'];
  resetEnv();
});

describe('mistralClient', () => {
  it('should make a client of the options', async () => {
    const chat = await mistralClient({ clientOptions: { apiKey: 'k', serverURL: 'http://here' } });
    expect(chat).toBeInstanceOf(Chat);
    expect(chat._options).toMatchObject({ apiKey: 'k', serverURL: 'http://here' });
  });

  it('should take a client, or ask for one', async () => {
    const client = new Mistral({ apiKey: 'k' });
    expect(await mistralClient({ client })).toBe(client.chat);
    expect(await mistralClient({ client: () => client })).toBe(client.chat);
    expect(await mistralClient({ client: () => Promise.resolve(client) })).toBe(client.chat);
  });

  it('should ask for the key once, and for each client anew', async () => {
    let asked = 0;
    const apiKey = () => Promise.resolve(`key number ${++asked}`);
    const chat = await mistralClient({ clientOptions: { apiKey, userAgent: 'me' } });
    expect(chat._options).toMatchObject({ apiKey: 'key number 1', userAgent: 'me' });
    const client = new Mistral({ apiKey });
    expect((await mistralClient({ client }))._options.apiKey).toBe('key number 2');
    expect((await mistralClient({ client }))._options.apiKey).toBe('key number 3');
    expect(asked).toBe(3);
  });

  it('should tell a key that cannot be had from a client that cannot be made', async () => {
    const cause = new Error('no vault');
    await expect(
      mistralClient({ clientOptions: { apiKey: () => Promise.reject(cause) } }),
    ).rejects.toMatchObject({ code: 'authentication', provider: 'mistral', cause });
    await expect(
      mistralClient({ client: new Mistral({ apiKey: () => Promise.reject(cause) }) }),
    ).rejects.toMatchObject({ code: 'authentication', cause });
    await expect(mistralClient({ clientOptions: { serverURL: 'nowhere' } })).rejects.toMatchObject({
      code: 'invalid-request',
      detail: expect.stringMatching(/^The client could not be made: .*Invalid URL$/),
    });
  });
});

describe('the key', () => {
  const ask = (options: object) => mistral.call({ model: 'm', ...options }, () => 'Hello there')();

  it('should be the one of the environment when none is given, and show in no error', async () => {
    process.env['MISTRAL_API_KEY'] = 'environment-key';
    resetEnv();
    const { error } = await outcomeOf(ask({ clientOptions: { serverURL: server.url } }));
    expect(server.requests[0]!.headers.authorization).toBe('Bearer environment-key');
    expect(error).toMatchObject({
      code: 'authentication',
      detail: 'Not with Bearer [redacted]',
    });
  });

  it('should show in no error when it comes from a function', async () => {
    const apiKey = () => Promise.resolve('function-key');
    const { error } = await outcomeOf(ask({ clientOptions: { serverURL: server.url, apiKey } }));
    expect(server.requests[0]!.headers.authorization).toBe('Bearer function-key');
    expect(error).toMatchObject({ detail: 'Not with Bearer [redacted]' });
  });

  it('should be left out when there is none: the server says what it thinks of that', async () => {
    resetEnv();
    const { error } = await outcomeOf(ask({ clientOptions: { serverURL: server.url } }));
    expect(error).toMatchObject({ code: 'authentication', detail: 'Not with nothing' });
  });
});

describe('withOptions', () => {
  it('should keep the hooks and the class of the caller’s copy', () => {
    class Own extends Chat {}
    const chat = new Own({ apiKey: 'k', userAgent: 'me' });
    const changed = withOptions(chat, { apiKey: 'other' });
    expect(changed).toBeInstanceOf(Own);
    expect(changed._options).toEqual({ ...chat._options, apiKey: 'other' });
    expect(changed._options.hooks).toBe(chat._options.hooks);
    expect(chat._options.apiKey).toBe('k');
  });
});

describe('secretsOf', () => {
  it('should know the key of the client, else the one of the environment', () => {
    expect(secretsOf(new Chat({ apiKey: 'mine' }))).toEqual(['mine']);
    expect(secretsOf(new Chat({}))).toEqual([]);
    process.env['MISTRAL_API_KEY'] = 'environment-key';
    expect(secretsOf(new Chat({}))).toEqual(['environment-key']);
    expect(secretsOf(new Chat({ apiKey: 'mine' }))).toEqual(['mine']);
  });
});
