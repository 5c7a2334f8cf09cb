import { describe, expect, it } from '@jest/globals';
import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';

describe('errorCodeOfStatus', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'authentication'],
    [402, 'quota'],
    [403, 'permission'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'invalid-request'],
    [413, 'invalid-request'],
    [418, 'invalid-request'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [500, 'server'],
    [502, 'server'],
    [503, 'overloaded'],
    [504, 'server'],
    [529, 'overloaded'],
    [599, 'server'],
  ])('should take status %i for %s', (status, code) => {
    expect(errorCodeOfStatus(status)).toBe(code);
  });
});

describe('retryAfterOf', () => {
  const after = (headers: Readonly<Record<string, string>>): number | null =>
    retryAfterOf(new Headers(headers));

  it('should say null where the server says nothing', () => {
    expect(retryAfterOf(undefined)).toBeNull();
    expect(after({})).toBeNull();
    expect(after({ 'retry-after': '' })).toBeNull();
  });

  it.each([
    ['0', 0],
    ['7', 7000],
    ['1.5', 1500],
    [' 7 ', 7000],
  ])('should take retry-after: %s for seconds', (value, expected) => {
    expect(after({ 'retry-after': value })).toBe(expected);
  });

  it('should take retry-after-ms for milliseconds, and prefer it', () => {
    expect(after({ 'retry-after-ms': '250', 'retry-after': '7' })).toBe(250);
    expect(after({ 'retry-after-ms': '0', 'retry-after': '7' })).toBe(0);
  });

  it.each(['soon', '-1', 'NaN'])(
    'should fall back to retry-after where retry-after-ms is %s',
    (value) => {
      expect(after({ 'retry-after-ms': value, 'retry-after': '7' })).toBe(7000);
    },
  );

  it('should take a date for the time until then', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    expect(after({ 'retry-after': inAMinute })).toBeGreaterThan(55_000);
    expect(after({ 'retry-after': inAMinute })).toBeLessThanOrEqual(60_000);
  });

  it('should not wait for a date that has passed', () => {
    expect(after({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' })).toBe(0);
  });

  it.each(['soon', '30s', '5 seconds', '2m59.5s'])(
    'should say null for %p, which is neither seconds nor a date',
    (value) => {
      expect(after({ 'retry-after': value })).toBeNull();
    },
  );

  it.each(['5, 5', '-5', 'Infinity', '1e400'])(
    'should say null or the seconds meant for %p, never a wait that is none',
    (value) => {
      expect([null, 5000]).toContain(after({ 'retry-after': value }));
    },
  );

  it.each(['', 'Infinity'])(
    'should fall back to retry-after where retry-after-ms is %p',
    (value) => {
      expect(after({ 'retry-after-ms': value, 'retry-after': '7' })).toBe(7000);
    },
  );
});
