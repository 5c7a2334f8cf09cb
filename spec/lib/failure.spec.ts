import { describe, expect, it } from '@jest/globals';
import { StreamError, type Provider } from 'rx-llm';
import { failureOf, textsIn } from '../../lib/failure.ts';

const providerThat = (describe: Provider['describe']): Provider =>
  ({ name: 'acme', describe }) as unknown as Provider;
const silent = providerThat(() => null);
const secrets = (): readonly string[] => ['sk-0123456789'];

describe('failureOf', () => {
  it('should take the facts from the provider, and the error as cause', () => {
    const cause = new Error('429');
    const provider = providerThat(() => ({ code: 'rate-limit', message: 'slow', retryAfter: 7 }));
    const failure = failureOf(provider, cause, secrets);
    expect(failure).toMatchObject({ code: 'rate-limit', retryAfter: 7, provider: 'acme', cause });
  });

  it('should tell a failed connection when the provider does not know the error', () => {
    const cause = Object.assign(new Error('read'), { code: 'ECONNRESET' });
    expect(failureOf(silent, cause, secrets)).toMatchObject({ code: 'connection' });
  });

  it('should take an error nobody knows as it is', () => {
    expect(failureOf(silent, new Error('odd'), secrets)).toMatchObject({
      code: 'provider',
      detail: 'odd',
    });
    expect(failureOf(silent, 'a text', secrets).detail).toBe('a text');
  });

  it('should pass on a StreamError, without the secrets it quotes', () => {
    const plain = new StreamError('acme', { code: 'truncated', message: 'cut' });
    expect(failureOf(silent, plain, secrets)).toBe(plain);
    const quoting = new StreamError('acme', { code: 'provider', message: 'key sk-0123456789 no' });
    expect(failureOf(silent, quoting, secrets).message).toContain('key [redacted] no');
  });

  it('should not take secrets out of words of its own', () => {
    const provider = providerThat(() => ({
      code: 'connection',
      message: 'The connection failed: ECONNRESET',
      ownWords: true,
    }));
    expect(failureOf(provider, {}, () => ['connection']).detail).toContain('The connection failed');
  });

  it('should never throw, whatever the failure is made of', () => {
    const thrower = providerThat(() => {
      throw new Error('describe');
    });
    const failing = (): never => {
      throw new Error('secrets');
    };
    expect(failureOf(thrower, new Error('x'), secrets).code).toBe('provider');
    expect(failureOf(silent, Object.create(null), secrets).code).toBe('provider');
    expect(failureOf(silent, new Error('sk-0123456789'), failing).message).not.toContain('sk-');
  });
});

describe('textsIn', () => {
  it('should find texts wherever a provider puts them', () => {
    const request = {
      model: 'm-long-enough',
      system: 'You are terse',
      messages: [{ role: 'assistant', content: [{ type: 'text', text: 'Hello' }] }],
    };
    expect(textsIn(request)).toEqual(['You are terse', 'Hello']);
  });

  it('should come to an end with what holds itself, and skip bytes', () => {
    const self: Record<string, unknown> = { text: 'once', data: new Uint8Array(10) };
    self['self'] = self;
    expect(textsIn(self)).toEqual(['once']);
  });
});
