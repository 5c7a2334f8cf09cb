import { describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { openai } from 'rx-llm/openai';
import { outcomeOf } from '../../support/outcome.ts';
import { withServer } from '../../support/conformance/run.ts';

const refusal = {
  status: 503,
  headers: { 'content-type': 'application/json', 'retry-after-ms': '1' },
  steps: [{ send: '{"error":{"message":"busy"}}' }],
};

describe('service', () => {
  const requestsWith = (options: (baseURL: string) => object): Promise<number> =>
    withServer(refusal, async (server) => {
      await outcomeOf(openai.call({ model: 'm', ...options(server.url) }, () => 'Hi')());
      return server.requests.length;
    });

  it('should not let the SDK retry unless the caller says so', async () => {
    const apiKey = 'key-0123';
    expect(await requestsWith((baseURL) => ({ clientOptions: { apiKey, baseURL } }))).toBe(1);
    expect(
      await requestsWith((baseURL) => ({ client: new OpenAI({ apiKey, baseURL, maxRetries: 2 }) })),
    ).toBe(1);
    expect(
      await requestsWith((baseURL) => ({ clientOptions: { apiKey, baseURL, maxRetries: 1 } })),
    ).toBe(2);
    expect(
      await requestsWith((baseURL) => ({
        clientOptions: { apiKey, baseURL },
        requestOptions: { maxRetries: 1 },
      })),
    ).toBe(2);
  });

  it('should show neither a key it was given as a function nor a header of the request', () => {
    const quoting = '{"error":{"message":"key token-0123456789 and header-0123456789"}}';
    return withServer({ ...refusal, status: 401, steps: [{ send: quoting }] }, async ({ url }) => {
      const clientOptions = { apiKey: () => Promise.resolve('token-0123456789'), baseURL: url };
      const requestOptions = { headers: { 'x-trace': 'header-0123456789' } };
      const { error } = await outcomeOf(
        openai.call({ model: 'm', clientOptions, requestOptions }, () => 'Hi')(),
      );
      expect((error as Error).message).toContain('key [redacted] and [redacted]');
    });
  });
});
