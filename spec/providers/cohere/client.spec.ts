import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CohereClientV2, CohereError } from 'cohere-ai';
import { cohereSender } from '../../../providers/cohere/client.ts';

describe('cohereSender', () => {
  const saved = process.env['CO_API_KEY'];
  beforeEach(() => {
    Reflect.deleteProperty(process.env, 'CO_API_KEY');
  });
  afterEach(() => {
    if (saved === undefined) Reflect.deleteProperty(process.env, 'CO_API_KEY');
    else process.env['CO_API_KEY'] = saved;
  });

  it('should take the caller’s client, now, later or from a function', async () => {
    const client = new CohereClientV2({ token: 'the-caller’s' });
    const given = [client, () => client, () => Promise.resolve(client)];
    for (const one of given) {
      expect((await cohereSender({ client: one })).secrets).toEqual(['the-caller’s']);
    }
  });

  it('should take the key from the options, now, later or from a function, and ask for it once', async () => {
    let asked = 0;
    const token = () => {
      asked++;
      return Promise.resolve('from-a-function');
    };
    const secretsFor = async (clientOptions: { token?: typeof token | string | Promise<string> }) =>
      (await cohereSender({ clientOptions })).secrets;
    expect(await secretsFor({ token: 'plain' })).toEqual(['plain']);
    expect(await secretsFor({ token: Promise.resolve('later') })).toEqual(['later']);
    expect(await secretsFor({ token })).toEqual(['from-a-function']);
    expect(asked).toBe(1);
  });

  it('should take the key from the environment', async () => {
    process.env['CO_API_KEY'] = 'from-the-environment';
    expect((await cohereSender({})).secrets).toEqual(['from-the-environment']);
  });

  it('should hold no key where there is none, and where it is empty on purpose', async () => {
    expect((await cohereSender({})).secrets).toEqual([]);
    expect((await cohereSender({ clientOptions: { token: '' } })).secrets).toEqual([]);
  });

  it('should make the SDK’s own error of a failure, whoever made the client', async () => {
    const rawResponse = new Response('');
    const facts = { message: 'no', statusCode: 200, body: { a: 1 }, rawResponse };
    for (const connection of [{}, { client: new CohereClientV2({ token: 't' }) }]) {
      const error = (await cohereSender(connection)).failure(facts);
      expect(error).toBeInstanceOf(CohereError);
      expect(error).toMatchObject({ statusCode: 200, body: { a: 1 }, rawResponse });
    }
  });
});
