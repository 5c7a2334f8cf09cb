import { ApiError } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import {
  describeFailure,
  rememberResponse,
  reportedError,
} from '../../../providers/google/failure.ts';

const apiError = (status: number, document: unknown): ApiError =>
  new ApiError({ status, message: JSON.stringify(document) });

const document = (
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
) => ({
  error: { code, message, status, details },
});

const keyInvalid = {
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason: 'API_KEY_INVALID',
  domain: 'googleapis.com',
};

describe('describeFailure', () => {
  it('should give the server’s words, status and code', () => {
    const error = apiError(404, document(404, 'NOT_FOUND', 'no such model'));
    expect(describeFailure(error)).toEqual({
      code: 'not-found',
      message: 'no such model',
      status: 404,
      providerCode: 'NOT_FOUND',
      requestId: null,
      retryAfter: null,
    });
  });

  it.each([
    [400, 'INVALID_ARGUMENT', 'invalid-request'],
    [401, 'UNAUTHENTICATED', 'authentication'],
    [403, 'PERMISSION_DENIED', 'permission'],
    [404, 'NOT_FOUND', 'not-found'],
    [429, 'RESOURCE_EXHAUSTED', 'rate-limit'],
    [499, 'CANCELLED', 'provider'],
    [500, 'INTERNAL', 'server'],
    [503, 'UNAVAILABLE', 'overloaded'],
    [504, 'DEADLINE_EXCEEDED', 'timeout'],
  ])('should tell %i %s as %s', (status, name, code) => {
    expect(describeFailure(apiError(status, document(status, name, 'no')))).toMatchObject({ code });
  });

  it('should tell a wrong key as such, though its status is 400', () => {
    const error = apiError(
      400,
      document(400, 'INVALID_ARGUMENT', 'API key not valid.', [keyInvalid]),
    );
    expect(describeFailure(error)).toMatchObject({ code: 'authentication', status: 400 });
  });

  it('should know that what the server cancelled may be tried again', () => {
    const error = apiError(499, document(499, 'CANCELLED', 'The operation was cancelled.'));
    expect(describeFailure(error)).toMatchObject({ retryable: true });
  });

  it('should tell how long to wait, by the details', () => {
    const details = [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.0748s' },
      { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: 'request-7' },
    ];
    expect(
      describeFailure(apiError(429, document(429, 'RESOURCE_EXHAUSTED', 'no', details))),
    ).toMatchObject({ retryAfter: 34_075, requestId: 'request-7' });
  });

  it.each(['soon', '', '7', null, 7])('should not take %j for a delay', (retryDelay) => {
    const error = apiError(429, document(429, 'X', 'no', [{ retryDelay }, null as never]));
    expect(describeFailure(error)).toMatchObject({ retryAfter: null });
  });

  it('should tell how long to wait and the request’s id, by the headers', () => {
    const error = apiError(429, document(429, 'RESOURCE_EXHAUSTED', 'no'));
    const headers = { 'retry-after': '7', 'x-request-id': 'request-8' };
    rememberResponse(error, new Response(null, { status: 429, headers }));
    expect(describeFailure(error)).toMatchObject({ retryAfter: 7000, requestId: 'request-8' });
  });

  it.each([
    [
      'nested',
      {
        error: {
          message: JSON.stringify(document(503, 'UNAVAILABLE', 'busy')),
          code: 503,
          status: '',
        },
      },
    ],
    [
      'nested and indented',
      { error: { message: JSON.stringify(document(503, 'UNAVAILABLE', 'busy'), null, 2) } },
    ],
    ['in a list', [document(503, 'UNAVAILABLE', 'busy')]],
  ])('should find an error that is %s', (_name, given) => {
    expect(describeFailure(apiError(503, given))).toMatchObject({
      code: 'overloaded',
      message: 'busy',
      providerCode: 'UNAVAILABLE',
    });
  });

  it('should find an error behind the SDK’s words', () => {
    const text = JSON.stringify(document(503, 'UNAVAILABLE', 'busy'));
    const error = new ApiError({ status: 503, message: `got status: UNAVAILABLE. ${text}` });
    expect(describeFailure(error)).toMatchObject({ code: 'overloaded', message: 'busy' });
  });

  it('should take an error that is a mere text', () => {
    expect(describeFailure(apiError(502, { error: 'bad gateway' }))).toMatchObject({
      code: 'server',
      message: 'bad gateway',
      providerCode: null,
    });
  });

  it.each(['<html>Bad gateway</html>', '', 'not a document'])(
    'should not give %j for the server’s words',
    (message) => {
      for (const error of [
        new ApiError({ status: 502, message }),
        apiError(502, document(502, 'Bad Gateway', message.replace(/^not.*/, ''))),
      ]) {
        const facts = describeFailure(error);
        expect(facts).toMatchObject({ code: 'server', status: 502 });
        expect(facts!.message).toMatch(/did not say why/);
      }
    },
  );

  it('should know the status though the SDK fails to read the body', () => {
    const error = new SyntaxError('Unexpected token < in JSON');
    rememberResponse(error, new Response(null, { status: 502 }));
    expect(describeFailure(error)).toMatchObject({ code: 'server', status: 502 });
  });

  it('should tell an error without a status by what it says', () => {
    expect(describeFailure(new Error('{"error":{"message":"no"}}'))).toMatchObject({
      code: 'provider',
      message: 'no',
      status: null,
    });
  });

  it('should tell a cut inside an event', () => {
    expect(describeFailure(new Error('Incomplete JSON segment at the end'))).toMatchObject({
      code: 'truncated',
    });
  });

  it.each([
    new SyntaxError('Unexpected end of JSON input'),
    new Error('exception parsing stream chunk {"secret": . SyntaxError'),
  ])('should tell an event that is no JSON, without quoting it', (error) => {
    const facts = describeFailure(error);
    expect(facts).toMatchObject({ code: 'invalid-response' });
    expect(facts!.message).not.toContain('secret');
  });

  it('should tell missing credentials', () => {
    const error = new Error('Could not load the default credentials. Browse to …');
    expect(describeFailure(error)).toMatchObject({ code: 'authentication' });
  });

  it('should look through what the SDK wraps', () => {
    const cause = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    expect(
      describeFailure(new Error('exception TypeError: fetch failed sending request', { cause })),
    ).toMatchObject({ code: 'connection' });
  });

  it.each([
    ['a network error', new TypeError('fetch failed')],
    ['another error', new Error('no')],
    ['a text', 'no'],
    ['nothing', null],
  ])('should leave %s to others', (_name, error) => {
    expect(describeFailure(error)).toBeNull();
  });
});

describe('reportedError', () => {
  it.each(['', 'no', '{', '{}', '[]', 'null', '{"error":null}', '{"candidates":[]}'])(
    'should find none in %j',
    (text) => {
      expect(reportedError(text)).toBeNull();
    },
  );
});
