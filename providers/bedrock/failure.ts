import { StreamError, type ErrorCode, type ErrorFacts } from '../../lib/index.ts';
import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';
import { describeNetworkError } from '../../lib/network-error.ts';
import { notAnEventStream } from './expect-event-stream.ts';

/** The fields of an error of the AWS SDK. Told by its fields: a second copy of the SDK has other classes. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  /** Whose fault it is; only on errors the service reported. */
  readonly $fault?: 'client' | 'server';
  /** Missing on exceptions inside the stream; on failed connections it counts attempts only. */
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
  };
  /** Hidden: not enumerable. */
  readonly $response?: { readonly headers?: { readonly [name: string]: string } };
  /** The code of Node for a network failure. */
  readonly code?: unknown;
  /** Over HTTP/2 what happened: the code itself says only that the stream was cancelled. */
  readonly cause?: unknown;
}

/** Names of JavaScript's own errors, and the SDK's words for an error without a name. */
const namesOfNothing: ReadonlySet<string> = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'Unknown',
  'UnknownError',
]);

/** What an error of the SDK means. */
export function describeSdkError(error: unknown): ErrorFacts | null {
  // A code of Node wins over the name: the SDK renames ECONNRESET and EPIPE to `TimeoutError`.
  if (!isSdkError(error)) return null;
  if (typeof error.code === 'string' && !error.$fault) return describeNetworkError(error.cause);
  const { name, message, $fault, $metadata = {} } = error;
  const status = $metadata.httpStatusCode ?? null;
  const requestId = $metadata.requestId ?? null;
  if (name === notAnEventStream) return { code: 'invalid-response', message, status, requestId };
  const failed = status !== null && status >= 400;
  const named = codesOfName[nameOf(error)];
  if (named === undefined && $fault === undefined && !failed) return describeLocalError(error);
  return {
    code: named ?? (failed ? errorCodeOfStatus(status) : 'provider'),
    message: failed && $fault === undefined ? notAnErrorDocument : message,
    // The status of an exception inside the stream is that of the stream: success.
    status: failed ? status : null,
    providerCode: namesOfNothing.has(name) ? null : name,
    requestId,
    retryAfter: retryAfterOf(new Headers(error.$response?.headers)),
  };
}

/** Names in the stream begin with a small letter where the SDK does not know the exception. */
const nameOf = ({ name }: SdkError): string => name.charAt(0).toUpperCase() + name.slice(1);

const notAnErrorDocument = 'The answer is no error document of the service';

const isSdkError = (error: unknown): error is SdkError =>
  error instanceof Error || (typeof error === 'object' && error !== null && '$metadata' in error);

/** By name where the status says less, or something else, or where there is none: inside the stream. */
const codesOfName: Readonly<Record<string, ErrorCode>> = {
  ValidationException: 'invalid-request',
  AccessDeniedException: 'permission',
  ResourceNotFoundException: 'not-found',
  ThrottlingException: 'rate-limit',
  // Status 400, though "You can resubmit your request later" (API reference of Converse).
  ServiceQuotaExceededException: 'rate-limit',
  InternalServerException: 'server',
  ServiceUnavailableException: 'overloaded',
  // Status 429: the model is being loaded; the SDK itself retries it up to five times.
  ModelNotReadyException: 'overloaded',
  ModelTimeoutException: 'timeout',
  // Status 424: "an error while processing the model".
  ModelErrorException: 'server',
  ModelStreamErrorException: 'server',
  // Status 400 or 403, of the signature and not of what the caller may do.
  UnrecognizedClientException: 'authentication',
  InvalidSignatureException: 'authentication',
  IncompleteSignatureException: 'authentication',
  MissingAuthenticationTokenException: 'authentication',
  ExpiredTokenException: 'authentication',
  // No credentials, no token: nothing was sent.
  CredentialsProviderError: 'authentication',
  TokenProviderError: 'authentication',
};

/**
 * The SDK wraps an error whose class is of another realm, as under jest, and keeps its text alone.
 */
const wrapped = /^AWS SDK error wrapper for (?:\w*Error: )?(.*)/;

/** No answer came. */
function describeLocalError({ name, message }: SdkError): ErrorFacts | null {
  const inner = wrapped.exec(message)?.[1];
  if (inner !== undefined) {
    return inner.includes('ETIMEDOUT')
      ? { code: 'timeout', message: `The network took too long: ${inner}` }
      : { code: 'connection', message: `The connection failed: ${inner}` };
  }
  // Over HTTP/2 the SDK has sentences of its own, and `TimeoutError` for a session that was lost.
  if (/did not get a response|abnormally aborted|^Frame type id/.test(message)) {
    return { code: 'connection', message: `The connection failed: ${message}` };
  }
  if (name === 'TimeoutError') return { code: 'timeout', message };
  if (message === 'Region is missing') {
    return {
      code: 'invalid-request',
      message: 'No region is set; give clientOptions: { region: "us-east-1" } or set AWS_REGION',
    };
  }
  return null;
}

/**
 * A failure while the stream was read: the SDK reports a stream that stops inside a frame, a broken
 * frame and broken JSON as plain errors. All others are as they were.
 */
export function failureOfReading(provider: string, error: unknown): unknown {
  const { name, message, code } = error as Partial<SdkError>;
  if (error instanceof StreamError || code !== undefined) return error;
  if (name === undefined || !namesOfNothing.has(name) || wrapped.test(message ?? '')) return error;
  const facts: ErrorFacts = message?.startsWith('Truncated event message')
    ? { code: 'truncated', message: 'The stream ended inside an event' }
    : { code: 'invalid-response', message: 'The server sent an event that cannot be read' };
  return new StreamError(provider, facts, { cause: error });
}
