import { describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { describeSdkError } from '../../lib/sdk-error.ts';

/** The error the SDK makes of a response, as it does itself. */
const httpError = (status: number, body: object | undefined, headers: object = {}, text?: string) =>
  OpenAI.APIError.generate(status, body, text, new Headers({ ...headers }));

/** The error made of an error inside a stream, where there is no status. */
const streamError = (error: object, headers?: Headers) =>
  new OpenAI.APIError(undefined, error, undefined, headers);

const network = (code: string, message = 'it broke') =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

describe('describeSdkError', () => {
  describe('tells HTTP errors apart: it', () => {
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
      [501, 'server'],
      [502, 'server'],
      [503, 'overloaded'],
      [504, 'server'],
      [520, 'server'],
      [529, 'overloaded'],
      [599, 'server'],
    ])('should tell %i as %s', (status, code) => {
      const error = httpError(status, {
        error: { message: 'that will not do', type: 'some_type' },
      });
      expect(describeSdkError(error)).toMatchObject({
        code,
        status,
        message: 'that will not do',
        providerCode: 'some_type',
        requestId: null,
        retryAfter: null,
      });
    });

    it.each([
      ['code', { code: 'insufficient_quota', type: 'x' }],
      ['type', { code: null, type: 'insufficient_quota' }],
    ])('should tell an empty account from a rate limit by its %s', (_name, fields) => {
      const facts = describeSdkError(httpError(429, { error: { message: 'no', ...fields } }));
      expect(facts).toMatchObject({ code: 'quota', status: 429 });
    });

    it('should prefer the status to the server’s words', () => {
      const error = httpError(400, { error: { message: 'no', type: 'server_error', code: 503 } });
      expect(describeSdkError(error)).toMatchObject({
        code: 'invalid-request',
        providerCode: '503',
      });
    });

    it('should call a conflict worth another try, as the SDK does', () => {
      expect(describeSdkError(httpError(409, {}))).toMatchObject({ retryable: true });
      expect(describeSdkError(httpError(422, {}))).not.toHaveProperty('retryable');
    });

    it('should give the request id', () => {
      const headers = { 'x-request-id': 'req_7' };
      expect(describeSdkError(httpError(500, {}, headers))).toMatchObject({ requestId: 'req_7' });
    });

    it.each([
      ['its code', { code: 'model_not_found', type: 'x' }, 'model_not_found'],
      ['its type where it has no code', { code: null, type: 'x' }, 'x'],
      ['a number as text', { code: 1210 }, '1210'],
      ['nothing', {}, null],
    ])('should give the provider’s own code: %s', (_name, fields, providerCode) => {
      const error = httpError(404, { error: { message: 'no', ...fields } });
      expect(describeSdkError(error)).toMatchObject({ providerCode });
    });
  });

  describe('gives the server’s own words: it', () => {
    it.each([
      [
        'an error that is a text, as xAI sends it',
        { code: 'invalid-argument', error: 'Bad key' },
        'Bad key',
      ],
      ['an error with a message', { error: { message: 'Bad key' } }, 'Bad key'],
      ['a message that starts like the status', { error: { message: '400 words' } }, '400 words'],
      [
        'an error without a message, as JSON',
        { error: { reason: 'Bad key' } },
        '{"reason":"Bad key"}',
      ],
      [
        'a message that is no text, as JSON',
        { error: { message: { text: 'Bad' } } },
        '{"text":"Bad"}',
      ],
      ['no error at all', {}, 'status code (no body)'],
    ])('should find them in %s', (_name, body, message) => {
      expect(describeSdkError(httpError(400, body))).toMatchObject({ message, status: 400 });
    });

    it('should find them in a body that is not JSON', () => {
      const facts = describeSdkError(httpError(502, undefined, {}, '<h1>Bad Gateway</h1>'));
      expect(facts).toMatchObject({ code: 'server', message: '<h1>Bad Gateway</h1>' });
    });

    it('should say something for an error whose message is empty', () => {
      const error = httpError(500, { error: { message: '', type: 'server_error' } });
      expect(describeSdkError(error)?.message).not.toBe('');
    });
  });

  describe('tells how long to wait: it', () => {
    it.each([
      ['retry-after-ms', { 'retry-after-ms': '1500' }, 1500],
      ['a fraction of ms', { 'retry-after-ms': '0.5' }, 0.5],
      ['seconds', { 'retry-after': '7' }, 7000],
      ['a fraction of seconds', { 'retry-after': '0.25' }, 250],
      ['ms before seconds', { 'retry-after-ms': '1500', 'retry-after': '7' }, 1500],
      [
        'seconds where the ms are no number',
        { 'retry-after-ms': 'soon', 'retry-after': '7' },
        7000,
      ],
      ['a date that has passed', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
      ['neither number nor date', { 'retry-after': 'soon' }, null],
      ['nothing', {}, null],
    ])('should read %s', (_name, headers, retryAfter) => {
      expect(describeSdkError(httpError(429, {}, headers))).toMatchObject({ retryAfter });
    });

    it('should read a date to come', () => {
      const date = new Date(Date.now() + 60_000).toUTCString();
      const { retryAfter } = describeSdkError(httpError(429, {}, { 'retry-after': date }))!;
      expect(retryAfter).toBeGreaterThan(50_000);
      expect(retryAfter).toBeLessThanOrEqual(60_000);
    });

    it('should take an empty retry-after-ms for none', () => {
      const headers = { 'retry-after-ms': '', 'retry-after': '7' };
      expect(describeSdkError(httpError(429, {}, headers))).toMatchObject({ retryAfter: 7000 });
    });
  });

  describe('tells errors inside a stream apart: it', () => {
    it.each([
      ['a status as code', { code: 429 }, 'rate-limit', '429'],
      ['another status as code', { code: 503 }, 'overloaded', '503'],
      [
        'a status as code beside a type',
        { code: 400, type: 'BadRequestError' },
        'invalid-request',
        '400',
      ],
      ['a number that is no status', { code: 7, type: 'server_error' }, 'server', '7'],
      ['server_error', { type: 'server_error', code: null }, 'server', 'server_error'],
      [
        'internal_server_error',
        { type: 'internal_server_error' },
        'server',
        'internal_server_error',
      ],
      ['server_error as code', { code: 'server_error' }, 'server', 'server_error'],
      [
        'an invalid request',
        { type: 'invalid_request_error', code: 'context_length_exceeded' },
        'invalid-request',
        'context_length_exceeded',
      ],
      [
        'a rate limit by code',
        { type: 'tokens', code: 'rate_limit_exceeded' },
        'rate-limit',
        'rate_limit_exceeded',
      ],
      ['a rate limit by type', { type: 'rate_limit_error' }, 'rate-limit', 'rate_limit_error'],
      ['an overload', { type: 'overloaded_error' }, 'overloaded', 'overloaded_error'],
      [
        'an empty account',
        { type: 'server_error', code: 'insufficient_quota' },
        'quota',
        'insufficient_quota',
      ],
      ['a key', { type: 'authentication_error' }, 'authentication', 'authentication_error'],
      ['a permission', { type: 'permission_error' }, 'permission', 'permission_error'],
      ['an unknown model', { type: 'not_found_error' }, 'not-found', 'not_found_error'],
      ['a timeout', { type: 'timeout' }, 'timeout', 'timeout'],
      ['words it does not know', { type: 'odd', code: 'odder' }, 'provider', 'odder'],
      ['a message only', {}, 'provider', null],
    ])('should know %s', (_name, fields, code, providerCode) => {
      expect(describeSdkError(streamError({ message: 'it broke', ...fields }))).toMatchObject({
        code,
        providerCode,
        message: 'it broke',
        status: null,
        retryAfter: null,
      });
    });

    it('should give request id and wait from the headers of the stream', () => {
      const headers = new Headers({ 'x-request-id': 'req_7', 'retry-after-ms': '20' });
      expect(describeSdkError(streamError({ message: 'it broke' }, headers))).toMatchObject({
        requestId: 'req_7',
        retryAfter: 20,
      });
    });

    it('should give an error without a message as JSON', () => {
      expect(describeSdkError(streamError({ detail: 'it broke' }))).toMatchObject({
        message: '{"detail":"it broke"}',
      });
    });

    it('should know a status that comes as text, as Azure sends it', () => {
      const error = streamError({ message: 'slow down', code: '429' });
      expect(describeSdkError(error)).toMatchObject({ code: 'rate-limit', providerCode: '429' });
    });

    it.each([1002, 1210, 20_015])(
      'should not take the server’s own number %i for a status',
      (code) => {
        expect(describeSdkError(streamError({ message: 'it broke', code }))).toMatchObject({
          code: 'provider',
        });
      },
    );

    it('should not take a name that every object has for a known type', () => {
      expect(describeSdkError(streamError({ message: 'no', type: 'constructor' }))).toMatchObject({
        code: 'provider',
      });
    });
  });

  describe('tells errors of the network: it', () => {
    it('should tell the client’s own timeout', () => {
      const facts = describeSdkError(new OpenAI.APIConnectionTimeoutError());
      expect(facts).toMatchObject({ code: 'timeout', message: expect.stringContaining('timeout') });
    });

    it('should tell a connection error without a cause', () => {
      const error = new OpenAI.APIConnectionError({});
      expect(describeSdkError(error)).toEqual({ code: 'connection', message: 'Connection error.' });
    });

    it.each([
      ['ECONNREFUSED', 'connection'],
      ['ECONNRESET', 'connection'],
      ['ENOTFOUND', 'connection'],
      ['UND_ERR_SOCKET', 'connection'],
      ['CERT_HAS_EXPIRED', 'connection'],
      ['ETIMEDOUT', 'timeout'],
      ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
      ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ])('should tell %s as a %s error, by name', (networkCode, code) => {
      const error = new OpenAI.APIConnectionError({ cause: network(networkCode) });
      expect(describeSdkError(error)).toMatchObject({
        code,
        message: expect.stringContaining(networkCode),
      });
    });

    it('should leave whether to retry to the code', () => {
      const error = new OpenAI.APIConnectionError({ cause: network('ECONNRESET') });
      expect(describeSdkError(error)).not.toHaveProperty('retryable');
    });
  });

  describe('knows an SDK’s error by its fields: it', () => {
    it('should know one of another copy of the SDK', () => {
      const error = Object.assign(new Error('429 slow down'), {
        status: 429,
        headers: new Headers({ 'x-request-id': 'req_7' }),
        error: { message: 'slow down' },
      });
      expect(describeSdkError(error)).toMatchObject({
        code: 'rate-limit',
        message: 'slow down',
        requestId: 'req_7',
      });
    });

    it.each([
      ['null', null],
      ['undefined', undefined],
      ['a text', 'no'],
      ['a plain error', new Error('no')],
      ['an error of the SDK that no server sent', new OpenAI.OpenAIError('no')],
      ['an error with a status only', Object.assign(new Error('no'), { status: 500 })],
    ])('should not know %s', (_name, error) => {
      expect(describeSdkError(error)).toBeNull();
    });
  });
});
