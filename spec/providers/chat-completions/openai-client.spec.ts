import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import OpenAI, { type ClientOptions } from 'openai';
import { StreamError } from 'rx-llm';
import { openaiClient } from '../../../providers/chat-completions/openai-client.ts';
import type { OpenAIConnection } from '../../../providers/chat-completions/openai-wire.ts';

const clientOf = (
  connection: OpenAIConnection,
  optionsOf = (options: ClientOptions = {}): ClientOptions => options,
): Promise<OpenAI> => openaiClient('acme', connection, optionsOf);

const failureOf = async (client: Promise<OpenAI>): Promise<StreamError> => {
  const error: unknown = await client.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StreamError);
  return error as StreamError;
};

const variables = ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_BASE_URL'] as const;
const environment = variables.map((name) => [name, process.env[name]] as const);

beforeEach(() => {
  for (const name of variables) Reflect.deleteProperty(process.env, name);
});
afterEach(() => {
  for (const [name, value] of environment) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

describe('openaiClient', () => {
  describe('takes the caller’s client: it', () => {
    const client = new OpenAI({ apiKey: 'sk-own', maxRetries: 5 });

    it('should give a client as it is', async () => {
      expect(await clientOf({ client })).toBe(client);
      expect(client.maxRetries).toBe(5);
    });

    it('should ask a function for it', async () => {
      expect(await clientOf({ client: () => client })).toBe(client);
    });

    it('should ask a function that gives it later', async () => {
      expect(await clientOf({ client: () => Promise.resolve(client) })).toBe(client);
    });

    it('should ask each time', async () => {
      let asked = 0;
      const connection = { client: () => new OpenAI({ apiKey: `sk-${asked++}` }) };
      const clients = [await clientOf(connection), await clientOf(connection)];
      expect(clients.map(({ apiKey }) => apiKey)).toEqual(['sk-0', 'sk-1']);
    });

    it('should not ask for options when there is a client', async () => {
      const optionsOf = (): never => {
        throw new Error('asked');
      };
      expect(await clientOf({ client }, optionsOf)).toBe(client);
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('no vault');
        },
      ],
      ['rejects', () => Promise.reject(new Error('no vault'))],
    ])('should fail as a function does that %s', async (_name, client) => {
      await expect(clientOf({ client })).rejects.toThrow('no vault');
    });
  });

  describe('makes a client: it', () => {
    it('should make one of the caller’s options', async () => {
      const client = await clientOf({
        clientOptions: { apiKey: 'sk-given', baseURL: 'http://127.0.0.1:9/v1', timeout: 7 },
      });
      expect(client).toBeInstanceOf(OpenAI);
      expect(client).toMatchObject({
        apiKey: 'sk-given',
        baseURL: 'http://127.0.0.1:9/v1',
        timeout: 7,
      });
    });

    it('should make one of the environment', async () => {
      process.env['OPENAI_API_KEY'] = 'sk-environment';
      expect(await clientOf({})).toMatchObject({ apiKey: 'sk-environment' });
    });

    it('should prefer the caller’s key to that of the environment', async () => {
      process.env['OPENAI_API_KEY'] = 'sk-environment';
      const client = await clientOf({ clientOptions: { apiKey: 'sk-given' } });
      expect(client.apiKey).toBe('sk-given');
    });

    it('should make a new one each time', async () => {
      const connection = { clientOptions: Object.freeze({ apiKey: 'sk-given' }) };
      expect(await clientOf(connection)).not.toBe(await clientOf(connection));
    });

    it('should not retry by itself, unless it is told to', async () => {
      const options = { apiKey: 'sk-given' };
      expect(await clientOf({ clientOptions: options })).toMatchObject({ maxRetries: 0 });
      expect(await clientOf({ clientOptions: { ...options, maxRetries: 2 } })).toMatchObject({
        maxRetries: 2,
      });
    });

    it('should let the service change the options', async () => {
      const client = await clientOf({ clientOptions: { apiKey: 'sk-given' } }, (options) => ({
        ...options,
        baseURL: 'http://127.0.0.1:9/acme',
      }));
      expect(client).toMatchObject({ apiKey: 'sk-given', baseURL: 'http://127.0.0.1:9/acme' });
    });
  });

  describe('says why a client could not be made: it', () => {
    it('should say where a missing key is looked for', async () => {
      const error = await failureOf(clientOf({}));
      expect(error).toMatchObject({
        code: 'authentication',
        provider: 'acme',
        retryable: false,
        cause: expect.any(OpenAI.OpenAIError),
      });
      expect(error.message).toContain('[acme]');
      expect(error.message).toContain('OPENAI_API_KEY');
      expect(error.message).toContain('apiKey');
    });

    it('should take an empty key for a missing one', async () => {
      const error = await failureOf(clientOf({ clientOptions: { apiKey: '' } }));
      expect(error.code).toBe('authentication');
    });

    it('should show none of the secrets it was given', async () => {
      const clientOptions: ClientOptions = {
        organization: 'org-secret-1234',
        defaultHeaders: { 'x-key': 'header-secret-1234' },
      };
      const error = await failureOf(clientOf({ clientOptions }));
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('secret');
    });

    it('should leave a failure of the service’s own as it is', async () => {
      const failure = new StreamError('acme', { code: 'invalid-request', message: 'No endpoint' });
      const error = await failureOf(
        clientOf({}, () => {
          throw failure;
        }),
      );
      expect(error).toBe(failure);
    });

    it('should not call options that exclude one another a matter of the key', async () => {
      const provider = { name: 'other', configure: () => ({ baseURL: 'http://127.0.0.1:9' }) };
      const clientOptions = { apiKey: 'sk-given', provider } as unknown as ClientOptions;
      const error = await failureOf(clientOf({ clientOptions }));
      expect(error.message).toContain('cannot be used with `apiKey`');
      expect(error.code).toBe('invalid-request');
    });
  });
});
