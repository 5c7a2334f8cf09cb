import { describe, expect, it } from '@jest/globals';
import { describeNetworkError } from '../../lib/network-error.ts';
import { withServer } from '../support/conformance/run.ts';

const withCode = (code: unknown, message = 'what happened'): Error =>
  Object.assign(new Error(message), { code });

const fetchFailed = (cause?: unknown): TypeError => new TypeError('fetch failed', { cause });

describe('describeNetworkError', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'UND_ERR_SOCKET'])(
    'should tell %s as a failed connection, by the code of the cause',
    (code) => {
      expect(describeNetworkError(fetchFailed(withCode(code)))).toMatchObject({
        code: 'connection',
        message: `The connection failed: ${code}`,
      });
    },
  );

  it.each([
    'ETIMEDOUT',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
  ])('should tell %s as a timeout', (code) => {
    expect(describeNetworkError(fetchFailed(withCode(code)))).toMatchObject({
      code: 'timeout',
      message: `The network took too long: ${code}`,
    });
  });

  it('should find the code however deep it lies', () => {
    const deep = fetchFailed(new Error('other side closed', { cause: withCode('ECONNRESET') }));
    expect(describeNetworkError(deep)?.message).toBe('The connection failed: ECONNRESET');
    expect(describeNetworkError(withCode('ECONNRESET'))?.code).toBe('connection');
  });

  it.each([
    'Failed to fetch',
    'NetworkError when attempting to fetch resource.',
    'Load failed',
    'terminated',
  ])('should know %j, which is all that some say', (message) => {
    expect(describeNetworkError(new TypeError(message))).toMatchObject({
      code: 'connection',
      message: `The connection failed: ${message}`,
    });
  });

  it('should give the innermost message where there is no code', () => {
    expect(describeNetworkError(fetchFailed(new Error('bad port')))?.message).toBe(
      'The connection failed: bad port',
    );
  });

  it('should read an error of another realm by its fields', () => {
    const foreign = { name: 'TypeError', message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } };
    expect(describeNetworkError(foreign)?.message).toBe('The connection failed: UND_ERR_SOCKET');
  });

  it.each([
    ['an error of another kind', new Error('no')],
    ['an abort, whose code is a number', new DOMException('aborted', 'AbortError')],
    ['a text', 'ECONNRESET'],
    ['nothing', undefined],
    ['null', null],
  ])('should say null for %s', (_, error) => {
    expect(describeNetworkError(error)).toBeNull();
  });

  it('should know what reading a real body fails with when the connection breaks', () =>
    withServer({ steps: [{ send: 'data: 1\n\n' }, { cut: 'reset' }] }, async ({ url }) => {
      const error: unknown = await fetch(url)
        .then((response) => response.text())
        .catch((error: unknown) => error);
      expect(describeNetworkError(error)?.code).toBe('connection');
    }));

  it.each([
    ['a URL that is none', fetchFailed(withCode('ERR_INVALID_URL')), /ERR_INVALID_URL/],
    ['a wrong argument', withCode('ERR_INVALID_ARG_TYPE'), /ERR_INVALID_ARG_TYPE/],
    ['a header that is none', new TypeError('Invalid header value'), /Invalid header value/],
  ])('should tell %s as a request that could not be made', (_, error, reason) => {
    const facts = describeNetworkError(error);
    expect(facts?.code).toBe('invalid-request');
    expect(facts?.message).toMatch(reason);
  });

  it('should not take a mistake in code for a failed connection', () => {
    const mistake = new TypeError("Cannot read properties of undefined (reading 'x')");
    expect(describeNetworkError(mistake)).toBeNull();
  });

  it.each([
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_HTTP2_STREAM_ERROR',
    'ERR_HTTP2_GOAWAY_SESSION',
    'ERR_SOCKET_CLOSED',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('should tell %s as a failed connection', (code) => {
    expect(describeNetworkError(withCode(code))?.code).toBe('connection');
  });

  it('should not take the error code of an API for a failed connection', () => {
    expect(describeNetworkError(withCode('invalid_api_key'))).toBeNull();
  });

  it('should come to an end with an error that is its own cause', () => {
    const error = withCode(undefined);
    error.cause = error;
    expect(describeNetworkError(error)).toBeNull();
  });
});
