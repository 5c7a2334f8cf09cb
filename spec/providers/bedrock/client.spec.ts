import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { bedrock } from 'rx-llm/bedrock';
import { bedrockClient, type BedrockConnection } from '../../../providers/bedrock/client.ts';
import { outcomeOf } from '../../support/outcome.ts';

const clientOf = (connection: BedrockConnection) => bedrockClient('bedrock', connection);

/** Nothing of the machine's own: no keys, no files, no metadata service. */
const environment: Readonly<Record<string, string | undefined>> = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_BEARER_TOKEN_BEDROCK: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_MAX_ATTEMPTS: undefined,
};
const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
const setEnvironment = (entries: readonly (readonly [string, string | undefined])[]): void => {
  for (const [name, value] of entries) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
};
beforeEach(() => setEnvironment(Object.entries(environment)));
afterEach(() => setEnvironment(before));

describe('bedrockClient', () => {
  it('should give the SDK’s command class', async () => {
    expect((await clientOf({})).ConverseStreamCommand).toBe(ConverseStreamCommand);
  });

  describe('takes the caller’s client: it', () => {
    const client = new BedrockRuntimeClient({ region: 'eu-west-1', maxAttempts: 5 });

    it.each([
      ['a client', client],
      ['a function', () => client],
      ['a function that gives it later', () => Promise.resolve(client)],
    ])('should take %s', async (_name, given) => {
      expect((await clientOf({ client: given })).client).toBe(client);
    });

    it('should leave its retries as they are', async () => {
      expect(await (await clientOf({ client })).client.config.maxAttempts()).toBe(5);
    });

    it('should ask a function each time', async () => {
      let asked = 0;
      const connection = { client: () => (asked++, client) };
      await clientOf(connection);
      await clientOf(connection);
      expect(asked).toBe(2);
    });
  });

  describe('makes a client: it', () => {
    it('should make one of the options', async () => {
      const { client } = await clientOf({ clientOptions: { region: 'eu-west-1' } });
      expect(client).toBeInstanceOf(BedrockRuntimeClient);
      expect(await client.config.region()).toBe('eu-west-1');
    });

    it('should make one of the environment', async () => {
      process.env['AWS_REGION'] = 'eu-north-1';
      const { client } = await clientOf({});
      expect(await client.config.region()).toBe('eu-north-1');
    });

    it('should not retry by itself, unless it is told to', async () => {
      const attemptsOf = async (clientOptions: { maxAttempts?: number }) =>
        (await clientOf({ clientOptions })).client.config.maxAttempts();
      expect(await attemptsOf({})).toBe(1);
      expect(await attemptsOf({ maxAttempts: 3 })).toBe(3);
    });

    it('should make a new one each time', async () => {
      expect((await clientOf({})).client).not.toBe((await clientOf({})).client);
    });
  });

  it('should know the secrets of static credentials and tokens, and no others', async () => {
    const credentials = {
      accessKeyId: 'AKIDTEST0123456789',
      secretAccessKey: 'test-secret-access-key',
      sessionToken: 'test-session-token',
    };
    const secretsOf = async (connection: BedrockConnection) => (await clientOf(connection)).secrets;
    expect(await secretsOf({ clientOptions: { credentials } })).toEqual(Object.values(credentials));
    expect(await secretsOf({ clientOptions: { token: { token: 'test-bearer-token' } } })).toEqual([
      'test-bearer-token',
    ]);
    expect(
      await secretsOf({ clientOptions: { credentials: () => Promise.resolve(credentials) } }),
    ).toEqual([]);
    expect(await secretsOf({})).toEqual([]);
  });

  describe('fails before anything is sent: it', () => {
    const errorOf = async (clientOptions: object) =>
      (await outcomeOf(bedrock.call({ model: 'nova', clientOptions }, () => 'Hello')())).error;

    it('should say what to do without a region', async () => {
      expect(await errorOf({})).toMatchObject({
        code: 'invalid-request',
        message: expect.stringContaining('AWS_REGION'),
      });
    });

    it('should say what is missing without credentials', async () => {
      expect(await errorOf({ region: 'us-east-1' })).toMatchObject({
        code: 'authentication',
        retryable: false,
        providerCode: 'CredentialsProviderError',
      });
    });
  });
});
