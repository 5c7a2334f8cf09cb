import type { ErrorCode, ErrorFacts } from '../../lib/index.ts';
import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';
import { describeNetworkError } from '../../lib/network-error.ts';

/** The fields of the SDK's errors. */
interface SdkError extends Error {
  readonly statusCode?: number;
  readonly body?: unknown;
  readonly rawResponse?: { readonly headers?: Headers };
}

/** The body of an error: Cohere's, or of a `message-end` that reports one, under the SDK's names. */
interface ErrorBody {
  readonly id?: unknown;
  readonly message?: unknown;
  readonly error?: unknown;
  readonly error_type?: unknown;
  readonly errorType?: unknown;
  readonly finishReason?: unknown;
}

/** What an error of Cohere's SDK means. Told by its fields: a second copy of the SDK has other classes. */
export function describeFailure(error: unknown): ErrorFacts | null {
  if (!isError(error)) return null;
  if (error.name === 'CohereTimeoutError') return { code: 'timeout', message: error.message };
  if (isSdkError(error)) return describeSdkError(error);
  return describeRefusal(error);
}

/** Told by its fields as well: errors of another realm are no instances here. */
const isError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error;

const isSdkError = (error: Error): error is SdkError => 'statusCode' in error && 'body' in error;

function describeSdkError(error: SdkError): ErrorFacts {
  const { statusCode: status, body, rawResponse } = error;
  if (status === undefined && body === undefined) return describeUnanswered(error);
  const { id, error_type, errorType } = fieldsOf(body);
  const headers = rawResponse?.headers;
  const providerCode = error_type ?? errorType;
  return {
    code: errorCode(status, fieldsOf(body)),
    message: messageOf(error),
    status: status ?? null,
    providerCode: typeof providerCode === 'string' ? providerCode : null,
    requestId: typeof id === 'string' ? id : (headers?.get('x-debug-trace-id') ?? null),
    retryAfter: retryAfterOf(headers),
    // A request that was cancelled on its way: https://docs.cohere.com/reference/errors says try again.
    ...(status === 499 && { retryable: true }),
  };
}

const fieldsOf = (body: unknown): ErrorBody =>
  typeof body === 'object' && body !== null ? body : {};

function errorCode(status: number | undefined, { finishReason, errorType }: ErrorBody): ErrorCode {
  if (status !== undefined) return status < 400 ? 'invalid-response' : errorCodeOfStatus(status);
  if (finishReason === 'TIMEOUT') return 'timeout';
  // Without a type of its own, ERROR is an internal error of the provider's.
  return finishReason === 'ERROR' && errorType === undefined ? 'server' : 'provider';
}

/** The server's own words, without the status and the dump of the body that the SDK puts around them. */
function messageOf({ message, body, statusCode }: SdkError): string {
  const { message: said, error } = fieldsOf(body);
  for (const words of [said, error, body]) {
    if (typeof words === 'string' && words !== '') return words;
  }
  if (statusCode === undefined) return message.split('\n')[0] ?? '';
  return statusCode < 400
    ? 'The server answered with JSON instead of an event stream'
    : 'The server gave no reason';
}

/** No answer came: there is no key, or the cause says what the network did. */
function describeUnanswered({ message, cause }: SdkError): ErrorFacts {
  if (message.includes('CO_API_KEY')) return { code: 'authentication', message };
  // The words of a client's own timer, which this SDK aborts with where others throw.
  if (cause === 'timeout') {
    return { code: 'timeout', message: 'No answer came within the client’s timeout' };
  }
  return describeNetworkError(cause) ?? { code: 'connection', message };
}

/**
 * The SDK checks a request before it sends it and throws a list of `errors`, in a class it does not
 * export. Its message quotes the values; here are only their places.
 */
function describeRefusal(error: Error): ErrorFacts | null {
  const { errors } = error as { errors?: unknown };
  if (!Array.isArray(errors)) return null;
  const places = (errors as { readonly path?: unknown }[])
    .map(({ path }) => (Array.isArray(path) ? path.join(' -> ') : ''))
    .filter((place) => place !== '');
  const where = [...new Set(places)].join(', ') || 'its top';
  return {
    code: 'invalid-request',
    message: `cohere-ai does not take the request at ${where}; see the cause`,
  };
}
