import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { StreamError, truncated, withPartial, type ErrorCode } from '../../lib/stream-error.ts';
import { accumulateTuple } from '../../lib/accumulation.ts';
import { interruptedSnapshotOf } from '../../lib/snapshot.ts';
import { plainCall, tupleOf } from './plain-provider.ts';

const partial = interruptedSnapshotOf(
  accumulateTuple(null, tupleOf(plainCall(), { content: 'What arrived' })),
);

const facts = {
  code: 'rate-limit',
  message: 'Too fast',
  status: 429,
  providerCode: 'rate_limit_exceeded',
  requestId: 'req_1',
  retryAfter: 7000,
} as const;

describe('StreamError', () => {
  it('should say what happened, where, and what to do', () => {
    const busy = { code: 'overloaded', message: 'No capacity', status: 529 } as const;
    expect(new StreamError('plain', busy).message).toBe('[plain] 529 No capacity. Retry later.');
    expect(new StreamError(null, { code: 'prompt', message: 'No text' }).message).toBe(
      '[rx-llm] No text.',
    );
  });

  it.each([
    [7000, 'Retry in 7 s.'],
    [250, 'Retry in 1 s.'],
    [0, 'Retry later.'],
    [null, 'Retry later.'],
  ])('should say how long to wait where the server asks for %p ms', (retryAfter, advice) => {
    expect(new StreamError('plain', { ...facts, retryAfter }).message).toBe(
      `[plain] 429 Too fast. ${advice}`,
    );
  });

  it('should not say to retry what waiting does not help', () => {
    const error = new StreamError('plain', { ...facts, code: 'quota' });
    expect(error.retryable).toBe(false);
    expect(error.message).toBe("[plain] 429 Too fast. Check the account's plan and billing.");
  });

  it.each(['Stop!', 'Why?', 'Enough.'])('should not put a full stop after %s', (message) => {
    expect(new StreamError('plain', { code: 'provider', message }).message).toBe(
      `[plain] ${message}`,
    );
  });

  it('should hold the facts as fields', () => {
    expect(new StreamError('plain', facts)).toMatchObject({
      name: 'StreamError',
      provider: 'plain',
      detail: 'Too fast',
      code: 'rate-limit',
      status: 429,
      providerCode: 'rate_limit_exceeded',
      requestId: 'req_1',
      retryAfter: 7000,
      retryable: true,
      partial: null,
    });
  });

  it('should say null for what is not known', () => {
    const error = new StreamError(null, { code: 'provider', message: 'No' });
    expect(error).toMatchObject({
      provider: null,
      status: null,
      providerCode: null,
      requestId: null,
      retryAfter: null,
      partial: null,
    });
    expect('cause' in error).toBe(false);
  });

  it('should be an error with a stack', () => {
    const error = new StreamError('plain', facts);
    expect(error).toBeInstanceOf(Error);
    expect(error.stack).toContain('StreamError');
  });

  const retryable: readonly ErrorCode[] = [
    'truncated',
    'connection',
    'timeout',
    'rate-limit',
    'overloaded',
    'server',
  ];
  const final: readonly ErrorCode[] = [
    'quota',
    'authentication',
    'permission',
    'not-found',
    'invalid-request',
    'invalid-response',
    'provider',
    'prompt',
    'unsupported',
    'unknown-tool',
    'invalid-tool-arguments',
    'tool-execution',
    'missing-sdk',
    'aborted',
    'empty',
    'operator',
  ];
  it.each([
    ...retryable.map((code) => [code, true] as const),
    ...final.map((code) => [code, false] as const),
  ])('should take %s for retryable: %p, unless told otherwise', (code, expected) => {
    expect(new StreamError('plain', { code, message: 'No' }).retryable).toBe(expected);
    const told = new StreamError('plain', { code, message: 'No', retryable: !expected });
    expect(told.retryable).toBe(!expected);
  });

  it('should keep the SDK’s own error untouched as its cause', () => {
    const cause = { status: 429, anything: Symbol('sdk') };
    expect(new StreamError('plain', facts, { cause }).cause).toBe(cause);
    expect(new StreamError('plain', facts, { cause: null }).cause).toBeNull();
  });

  it('should show neither the conversation nor the insides of its cause in a log', () => {
    const cause = Object.assign(new Error('refused'), { headers: { authorization: 'key-1' } });
    const error = new StreamError('plain', facts, { cause, partial });
    expect(error.partial?.content).toBe('What arrived');
    const nested = { error, list: [error] };
    for (const shown of [
      ...[error, nested].map((value) => inspect(value, { depth: 20 })),
      ...[error, nested].map((value) => JSON.stringify(value)),
      String(error),
      Object.keys(error).join(),
    ]) {
      expect(shown).not.toMatch(/What arrived|Hello there|authorization|key-1|partial/);
    }
  });

  it('should still show everything else in a log', () => {
    const shown = inspect(new StreamError('plain', facts, { cause: new TypeError('no') }));
    for (const fact of ['[plain] 429 Too fast.', 'rate_limit_exceeded', 'req_1', 'TypeError']) {
      expect(shown).toContain(fact);
    }
  });
});

describe('withPartial', () => {
  it('should give the same error with what had arrived', () => {
    const cause = new Error('429');
    const error = new StreamError('plain', { ...facts, retryable: false }, { cause });
    const carrying = withPartial(error, partial);
    expect(carrying).toBeInstanceOf(StreamError);
    expect(carrying.partial).toBe(partial);
    expect(carrying.message).toBe(error.message);
    expect({ ...carrying }).toEqual({ ...error });
    expect(carrying.cause).toBe(cause);
    expect(error.partial).toBeNull();
  });
});

describe('truncated', () => {
  it('should be retryable', () => {
    expect(truncated('plain')).toMatchObject({
      code: 'truncated',
      provider: 'plain',
      retryable: true,
    });
  });
});
