import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GoogleGenAI, type GoogleGenAIOptions } from '@google/genai';
import { StreamError } from 'rx-llm';
import { fetchOf, googleClient, secretsOf } from '../../../providers/google/client.ts';

const apiKey = 'AIzaSy-test-0123456789abcdef';

/** A client of another make, or of an SDK to come. */
const bare = Object.create(null) as GoogleGenAI;

describe('googleClient', () => {
  const environment = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(GOOGLE|GEMINI)_/.test(name)) Reflect.deleteProperty(process.env, name);
    }
  });
  afterEach(() => {
    process.env = { ...environment };
  });

  it('should give the caller’s own client, or what a function gives', async () => {
    const client = new GoogleGenAI({ apiKey });
    expect(await googleClient('google', { client })).toBe(client);
    expect(await googleClient('google', { client: () => client })).toBe(client);
    expect(await googleClient('google', { client: () => Promise.resolve(client) })).toBe(client);
  });

  it('should make a client of the caller’s options', async () => {
    const client = await googleClient('google', { clientOptions: { apiKey, vertexai: true } });
    expect(client).toBeInstanceOf(GoogleGenAI);
    expect(client.vertexai).toBe(true);
  });

  it('should make a client of the environment', async () => {
    process.env['GEMINI_API_KEY'] = apiKey;
    expect(secretsOf(await googleClient('google', {}))).toEqual([apiKey]);
  });

  it('should leave the caller’s options as they are', async () => {
    process.env['GOOGLE_GEMINI_BASE_URL'] = 'https://proxy.test';
    const clientOptions: GoogleGenAIOptions = Object.freeze({
      apiKey,
      httpOptions: Object.freeze({ headers: { 'x-a': '1' } }),
    });
    await googleClient('google', { clientOptions });
    expect(clientOptions.httpOptions).toEqual({ headers: { 'x-a': '1' } });
  });

  it('should tell options of which no client can be made', async () => {
    const clientOptions = { vertexai: false, project: 'p', location: 'l' };
    const making = googleClient('google', { clientOptions });
    await expect(making).rejects.toBeInstanceOf(StreamError);
    await expect(making).rejects.toMatchObject({
      code: 'authentication',
      detail: expect.stringContaining('Project and location'),
    });
  });

  it('should say what to install where the SDK is missing', async () => {
    // As if it were not there: nothing of it is imitated.
    jest.unstable_mockModule('@google/genai', () => {
      throw new Error("Cannot find package '@google/genai'");
    });
    try {
      await jest.isolateModulesAsync(async () => {
        const { googleClient: anew } = await import('../../../providers/google/client.ts');
        await expect(anew('google', { clientOptions: { apiKey } })).rejects.toMatchObject({
          code: 'missing-sdk',
          detail: expect.stringContaining('npm install @google/genai'),
        });
      });
    } finally {
      jest.unstable_unmockModule('@google/genai');
    }
  });
});

describe('secretsOf', () => {
  it('should give the key and what headers carry of one', () => {
    const headers = {
      Authorization: 'Bearer token-0123456789',
      'X-Goog-Api-Key': 'other-key-1',
      'x-a': '1',
    };
    expect(secretsOf(new GoogleGenAI({ apiKey, httpOptions: { headers } }))).toEqual([
      apiKey,
      'token-0123456789',
      'other-key-1',
    ]);
  });

  it('should give none of a client without insides', () => {
    expect(secretsOf(bare)).toEqual([]);
  });
});

describe('fetchOf', () => {
  it('should give the fetch a client was given', () => {
    expect(fetchOf(new GoogleGenAI({ apiKey, httpOptions: { fetch } }))).toBe(fetch);
    expect(fetchOf(new GoogleGenAI({ apiKey }))).toBeUndefined();
    expect(fetchOf(bare)).toBeUndefined();
  });
});
