import { describe, expect, it } from '@jest/globals';
import { Cohere, CohereClientV2, CohereError, CohereTimeoutError } from 'cohere-ai';
import { describeFailure } from '../../../providers/cohere/failure.ts';

const rawResponse = (headers: Record<string, string> = {}) => new Response('', { headers });

describe('describeFailure', () => {
  it('should tell an HTTP error in the server’s words', () => {
    const body = { id: 'c167', message: 'too many tokens', error_type: 'TOO_MANY_TOKENS' };
    const headers = { 'x-debug-trace-id': 'trace', 'retry-after': '3' };
    expect(describeFailure(new Cohere.BadRequestError(body, rawResponse(headers)))).toEqual({
      code: 'invalid-request',
      message: 'too many tokens',
      status: 400,
      providerCode: 'TOO_MANY_TOKENS',
      requestId: 'c167',
      retryAfter: 3000,
    });
  });

  it('should take the trace for the id where the body has none', () => {
    const headers = { 'x-debug-trace-id': 'trace' };
    const error = new Cohere.TooManyRequestsError({ message: 'slow' }, rawResponse(headers));
    expect(describeFailure(error)).toMatchObject({ requestId: 'trace', code: 'rate-limit' });
  });

  it.each([
    [401, 'authentication'],
    [402, 'quota'],
    [404, 'not-found'],
    [422, 'invalid-request'],
    // A deny-listed token in the request.
    [498, 'invalid-request'],
    [500, 'server'],
    [501, 'server'],
    [503, 'overloaded'],
    [504, 'server'],
  ])('should tell status %d as %s', (statusCode, code) => {
    const error = new CohereError({ statusCode, body: { message: 'm' } });
    expect(describeFailure(error)).toMatchObject({ code, status: statusCode });
  });

  it('should call a cancelled request worth another try', () => {
    const error = new Cohere.ClientClosedRequestError({ message: 'request cancelled' });
    expect(describeFailure(error)).toMatchObject({ retryable: true });
  });

  it('should take a text for the message, and have one where the server has none', () => {
    const messageOf = (body: unknown, statusCode = 502) =>
      describeFailure(new CohereError({ statusCode, body }))?.message;
    expect(messageOf('Bad Gateway')).toBe('Bad Gateway');
    expect(messageOf({})).toBe('The server gave no reason');
    expect(messageOf(undefined)).toBe('The server gave no reason');
    expect(messageOf({}, 200)).toBe('The server answered with JSON instead of an event stream');
  });

  it('should tell a document under status 200 as no valid response', () => {
    const error = new CohereError({ statusCode: 200, body: { message: 'no such model' } });
    expect(describeFailure(error)).toMatchObject({
      code: 'invalid-response',
      message: 'no such model',
      status: 200,
    });
  });

  it('should tell an answer that failed by what the server says of it', () => {
    const described = (body: object) => describeFailure(new CohereError({ message: 'm', body }));
    expect(
      described({
        finishReason: 'ERROR',
        error: 'bad tools',
        errorType: 'INVALID_TOOL_GENERATION',
      }),
    ).toMatchObject({
      code: 'provider',
      message: 'bad tools',
      status: null,
      providerCode: 'INVALID_TOOL_GENERATION',
    });
    expect(described({ finishReason: 'ERROR' })).toMatchObject({ code: 'server', message: 'm' });
    expect(described({ finishReason: 'TIMEOUT' })).toMatchObject({ code: 'timeout' });
    expect(described({ message: 'internal' })).toMatchObject({ code: 'provider' });
  });

  it('should tell timeouts', () => {
    const timeout = new CohereTimeoutError('Timeout exceeded when calling POST /v2/chat.');
    expect(describeFailure(timeout)).toMatchObject({ code: 'timeout' });
    // What a caller's client throws for the same.
    expect(
      describeFailure(new CohereError({ message: '"timeout"', cause: 'timeout' })),
    ).toMatchObject({ code: 'timeout', message: 'No answer came within the client’s timeout' });
  });

  it('should tell the network’s failures by their cause', () => {
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    expect(describeFailure(new CohereError({ message: 'fetch failed', cause }))).toMatchObject({
      code: 'connection',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(describeFailure(new CohereError({ message: 'odd' }))).toMatchObject({
      code: 'connection',
      message: 'odd',
    });
  });

  it('should tell a missing key', async () => {
    const saved = process.env['CO_API_KEY'];
    Reflect.deleteProperty(process.env, 'CO_API_KEY');
    try {
      const error = await new CohereClientV2({}).chatStream({ model: 'm', messages: [] }).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(describeFailure(error)).toMatchObject({
        code: 'authentication',
        message: expect.stringContaining('CO_API_KEY'),
      });
    } finally {
      if (saved !== undefined) process.env['CO_API_KEY'] = saved;
    }
  });

  it('should tell a request the SDK refuses by its place, not by its words', async () => {
    const messages = [{ role: 'user', content: { secret: 'a private word' } }] as never;
    const error = await new CohereClientV2({ token: 't' })
      .chatStream({ model: 'm', messages })
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(describeFailure(error)).toEqual({
      code: 'invalid-request',
      message: 'cohere-ai does not take the request at messages -> [0] -> content; see the cause',
    });
  });

  it('should not know other errors', () => {
    for (const error of [new Error('x'), new TypeError('fetch failed'), null, 'text', {}]) {
      expect(describeFailure(error)).toBeNull();
    }
  });
});
