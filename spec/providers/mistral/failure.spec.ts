import { describe, expect, it } from '@jest/globals';
import {
  ConnectionError,
  HTTPValidationError,
  InvalidRequestError,
  RequestTimeoutError,
  ResponseValidationError,
  SDKError,
  SDKValidationError,
  UnexpectedClientError,
} from '@mistralai/mistralai/models/errors';
import { describeFailure } from '../../../providers/mistral/failure.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json';
  return {
    request: new Request('http://here'),
    response: new Response(null, {
      status,
      headers: { 'content-type': contentType, ...headers },
    }),
    body: text,
  };
};

const describeAnswer = (...args: Parameters<typeof answer>) =>
  describeFailure(new SDKError('API error occurred', answer(...args)));

describe('describeFailure', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'authentication'],
    [402, 'quota'],
    [403, 'permission'],
    [404, 'not-found'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [500, 'server'],
    [503, 'overloaded'],
  ])('should tell status %i as %s, in a stream as well', (status, code) => {
    const body = { object: 'error', message: 'no', type: 't', code: 7, raw_status_code: status };
    const headers = { 'retry-after': '7', 'mistral-correlation-id': 'req_1' };
    const facts = { code, message: 'no', providerCode: '7', requestId: 'req_1', retryAfter: 7000 };
    expect(describeAnswer(status, body, headers)).toEqual({ ...facts, status });
    expect(describeAnswer(200, body, headers)).toEqual({ ...facts, status: null });
  });

  it.each<[unknown, object]>([
    [{ detail: 'Invalid API Key' }, { message: 'Invalid API Key', providerCode: null }],
    [{ message: 'No API key found in request' }, { message: 'No API key found in request' }],
    [{ object: 'error', message: 'no', type: 't', code: null }, { providerCode: 't' }],
    [{ error: { message: 'no', code: 'c' } }, { message: 'no', providerCode: 'c' }],
    ['<html>', { message: 'The server gave no reason' }],
    ['', { message: 'The server gave no reason' }],
    [null, { message: 'The server gave no reason' }],
  ])('should find what is said in %j', (body, facts) => {
    expect(describeAnswer(401, body)).toMatchObject({ status: 401, ...facts });
  });

  it('should tell a gateway’s own words, and as many as fit', () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    expect(describeAnswer(502, ' upstream connect error\n', headers)).toMatchObject({
      code: 'server',
      message: 'upstream connect error',
    });
    expect(describeAnswer(502, 'x'.repeat(500), headers)?.message).toHaveLength(200);
  });

  it.each<[unknown, object]>([
    [
      { object: 'error', message: 'no' },
      { code: 'provider', message: 'no', status: null },
    ],
    [{ object: 'error' }, { code: 'provider', message: 'The server gave no reason' }],
    [
      { message: 'hello' },
      {
        code: 'invalid-response',
        message: 'The server answered with application/json instead of an event stream',
        status: 200,
      },
    ],
    ['<html>', { code: 'invalid-response', status: 200 }],
  ])('should tell an error under status 200 from what is no stream: %j', (body, facts) => {
    expect(describeAnswer(200, body)).toMatchObject(facts);
  });

  it('should know the id a gateway gives', () => {
    expect(describeAnswer(500, {}, { 'x-kong-request-id': 'k' })).toMatchObject({ requestId: 'k' });
    expect(describeAnswer(500, {})).toMatchObject({ requestId: null, retryAfter: null });
  });

  it('should tell what the SDK could read of a refusal and what it could not', () => {
    const detail = [{ loc: ['body', 'n'], msg: 'too many', type: 'value_error' }];
    const facts = { code: 'invalid-request', status: 422, message: 'body.n: too many' };
    const exchange = answer(422, { detail });
    expect(describeFailure(new HTTPValidationError({ detail }, exchange))).toMatchObject(facts);
    const unread = { cause: null, rawValue: null, rawMessage: null };
    expect(
      describeFailure(new ResponseValidationError('no', { ...exchange, ...unread })),
    ).toMatchObject(facts);
  });

  it('should tell why no answer came', () => {
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    });
    for (const Kind of [ConnectionError, UnexpectedClientError]) {
      expect(describeFailure(new Kind('no', { cause }))).toMatchObject({ code: 'connection' });
    }
    expect(describeFailure(new RequestTimeoutError('no'))).toMatchObject({ code: 'timeout' });
    expect(describeFailure(new InvalidRequestError('no URL'))).toEqual({
      code: 'invalid-request',
      message: 'no URL',
    });
  });

  it('should tell a request that does not fit the SDK’s types without the request', () => {
    const error = new SDKValidationError('Input validation failed', new Error('at n'), { n: 'x' });
    expect(describeFailure(error)).toEqual({
      code: 'invalid-request',
      message: 'SDKValidationError: Input validation failed: Error: at n',
    });
  });

  it.each([
    new Error('something else'),
    new UnexpectedClientError('no', { cause: new Error('a hook') }),
    'no',
    null,
    undefined,
  ])('should not know %s', (error) => {
    expect(describeFailure(error)).toBeNull();
  });
});
