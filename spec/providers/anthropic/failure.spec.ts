import { describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import { describeFailure } from '../../../providers/anthropic/failure.ts';

const body = (type: string, message = 'no') => ({ type: 'error', error: { type, message } });

/** The error the SDK makes of a response, as it does itself. */
const httpError = (status: number, type: string, headers: object = {}) =>
  Anthropic.APIError.generate(status, body(type), undefined, new Headers({ ...headers }));

describe('describeFailure', () => {
  it.each([
    [400, 'invalid_request_error', 'invalid-request'],
    [401, 'authentication_error', 'authentication'],
    [402, 'billing_error', 'quota'],
    [403, 'permission_error', 'permission'],
    [404, 'not_found_error', 'not-found'],
    [413, 'request_too_large', 'invalid-request'],
    [429, 'rate_limit_error', 'rate-limit'],
    [500, 'api_error', 'server'],
    [529, 'overloaded_error', 'overloaded'],
  ])('should tell %i %s as %s, in a stream as well', (status, type, code) => {
    const headers = { 'request-id': 'req_1', 'retry-after': '7' };
    const facts = { code, message: 'no', providerCode: type, requestId: 'req_1', retryAfter: 7000 };
    expect(describeFailure(httpError(status, type, headers))).toMatchObject({ ...facts, status });
    const inStream = new Anthropic.APIError(undefined, body(type), undefined, new Headers(headers));
    expect(describeFailure(inStream)).toMatchObject({ ...facts, status: null });
  });

  it('should tell a connection that failed', () => {
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    });
    expect(
      describeFailure(new Anthropic.APIConnectionError({ message: 'no', cause })),
    ).toMatchObject({
      code: 'connection',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(describeFailure(new Anthropic.APIConnectionTimeoutError())).toMatchObject({
      code: 'timeout',
    });
  });

  it.each([
    // As 1.11.0 words them.
    'Could not resolve authentication method. Expected one of apiKey, authToken, credentials, config, or profile to be set.',
    'The `apiKey` function failed: no vault',
  ])('should tell that the SDK found no key: %s', (message) => {
    expect(describeFailure(new Error(message))).toEqual({ code: 'authentication', message });
  });

  it.each([new Error('something else'), 'no', null, undefined])('should not know %s', (error) => {
    expect(describeFailure(error)).toBeNull();
  });
});
