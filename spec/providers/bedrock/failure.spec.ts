import { describe, expect, it } from '@jest/globals';
import { ModelStreamErrorException, ThrottlingException } from '@aws-sdk/client-bedrock-runtime';
import { StreamError } from 'rx-llm';
import { describeSdkError, failureOfReading } from '../../../providers/bedrock/failure.ts';

const failed = (name: string, fields: object = {}, message = 'no'): Error =>
  Object.assign(new Error(message), { name, ...fields });

const refused = (name: string, httpStatusCode: number): Error =>
  failed(name, { $fault: 'client', $metadata: { httpStatusCode, requestId: 'r1' } });

describe('describeSdkError', () => {
  it.each([
    ['ValidationException', 400, 'invalid-request'],
    ['AccessDeniedException', 403, 'permission'],
    ['UnrecognizedClientException', 403, 'authentication'],
    ['ExpiredTokenException', 403, 'authentication'],
    ['InvalidSignatureException', 403, 'authentication'],
    ['ResourceNotFoundException', 404, 'not-found'],
    ['ModelTimeoutException', 408, 'timeout'],
    ['ModelErrorException', 424, 'server'],
    ['ThrottlingException', 429, 'rate-limit'],
    ['ModelNotReadyException', 429, 'overloaded'],
    ['ServiceQuotaExceededException', 400, 'rate-limit'],
    ['InternalServerException', 500, 'server'],
    ['ServiceUnavailableException', 503, 'overloaded'],
    ['SomethingNewException', 429, 'rate-limit'],
    ['SomethingNewException', 500, 'server'],
  ])('should tell %s with status %i as %s', (name, status, code) => {
    expect(describeSdkError(refused(name, status))).toEqual({
      code,
      message: 'no',
      status,
      providerCode: name,
      requestId: 'r1',
      retryAfter: null,
    });
  });

  it('should tell an error without a name by its status', () => {
    // Without the header x-amzn-errortype the SDK says "Unknown".
    expect(describeSdkError(refused('Unknown', 400))).toMatchObject({
      code: 'invalid-request',
      providerCode: null,
    });
  });

  it('should tell an exception inside the stream by its name', () => {
    expect(
      describeSdkError(new ModelStreamErrorException({ message: 'broke', $metadata: {} })),
    ).toMatchObject({ code: 'server', message: 'broke', status: null });
    // One that opens the stream has the status of the stream.
    const throttled = new ThrottlingException({
      message: 'slow down',
      $metadata: { httpStatusCode: 200 },
    });
    expect(describeSdkError(throttled)).toMatchObject({ code: 'rate-limit', status: null });
    // One the SDK has no class for is named as on the wire.
    expect(describeSdkError(failed('modelTimeoutException'))).toMatchObject({
      code: 'timeout',
      providerCode: 'modelTimeoutException',
    });
  });

  it('should tell how long to wait', () => {
    const error = refused('ThrottlingException', 429);
    Object.defineProperty(error, '$response', { value: { headers: { 'retry-after': '7' } } });
    expect(describeSdkError(error)).toMatchObject({ retryAfter: 7000 });
  });

  it('should tell a web page that came as an error by its status', () => {
    const page = failed('SyntaxError', { $metadata: { httpStatusCode: 502, requestId: 'r1' } });
    expect(describeSdkError(page)).toMatchObject({
      code: 'server',
      status: 502,
      providerCode: null,
      requestId: 'r1',
      message: 'The answer is no error document of the service',
    });
  });

  it.each([
    ['CredentialsProviderError', 'authentication'],
    ['TokenProviderError', 'authentication'],
    ['TimeoutError', 'timeout'],
  ])('should tell %s, for which nothing was sent or nothing came', (name, code) => {
    expect(describeSdkError(failed(name))).toMatchObject({ code });
  });

  it('should tell what to do without a region', () => {
    const error = failed('Error', {}, 'Region is missing');
    expect(describeSdkError(error)).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('AWS_REGION'),
    });
  });

  it.each([
    ['TimeoutError', 'Unexpected error: http2 request did not get a response'],
    ['Error', 'HTTP/2 stream is abnormally aborted in mid-communication with result code 2.'],
    ['Error', 'AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1'],
  ])('should tell %s "%s" as a failed connection', (name, message) => {
    expect(describeSdkError(failed(name, {}, message))).toMatchObject({ code: 'connection' });
  });

  it('should tell a wrapped timeout as one', () => {
    const message = 'AWS SDK error wrapper for Error: connect ETIMEDOUT 10.0.0.1:443';
    expect(describeSdkError(failed('Error', {}, message))).toMatchObject({ code: 'timeout' });
  });

  it('should look for the reason of a cancelled HTTP/2 stream in its cause', () => {
    const cause = failed('Error', { code: 'ECONNREFUSED' });
    expect(
      describeSdkError(failed('Error', { code: 'ERR_HTTP2_STREAM_CANCEL', cause })),
    ).toMatchObject({ code: 'connection', message: 'The connection failed: ECONNREFUSED' });
  });

  it.each([
    // The SDK renames it, but the network's own code says more.
    failed('TimeoutError', { code: 'ECONNRESET', $metadata: { attempts: 1 } }),
    failed('Error', { code: 'ERR_HTTP2_STREAM_CANCEL' }),
    new Error('something else'),
    'a text',
    null,
  ])('should not know %s', (error) => {
    expect(describeSdkError(error)).toBeNull();
  });
});

describe('failureOfReading', () => {
  const read = (error: unknown) => failureOfReading('bedrock', error);

  it('should tell a stream that stops inside a frame as truncated', () => {
    const error = new Error('Truncated event message received.\n  Deserialization error: …');
    expect(read(error)).toMatchObject({ code: 'truncated', cause: error, retryable: true });
  });

  it.each([
    new Error('The message checksum (1) did not match the calculated value of 2'),
    new SyntaxError('Unexpected token'),
    new TypeError("Cannot read properties of undefined (reading 'value')"),
  ])('should tell %s as an answer that cannot be read', (error) => {
    expect(read(error)).toMatchObject({ code: 'invalid-response', cause: error });
  });

  it.each([
    failed('Error', { code: 'ECONNRESET' }),
    failed('ThrottlingException'),
    failed('Error', {}, 'AWS SDK error wrapper for Error: aborted'),
    new StreamError('bedrock', { code: 'truncated', message: 'cut' }),
  ])('should leave %s as it is', (error) => {
    expect(read(error)).toBe(error);
  });
});
