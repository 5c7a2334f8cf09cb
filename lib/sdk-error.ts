import { errorCodeOfStatus, retryAfterOf } from './http-error.ts';
import { describeNetworkError } from './network-error.ts';
import type { ErrorCode, ErrorFacts } from './stream-error.ts';

/**
 * The fields of an error of an SDK that Stainless generates: `openai`, `@anthropic-ai/sdk`, `groq-sdk`.
 * Anthropic and Groq leave the body as it came, with the error inside it.
 */
interface SdkError extends Error {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: ErrorBody | string | undefined;
  readonly requestID?: string | null;
}

interface ErrorBody {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly error?: ErrorBody | string;
}

/** What an error of such an SDK means. Told by its fields: a second copy of the SDK has other classes. */
export function describeSdkError(error: unknown): ErrorFacts | null {
  if (!isSdkError(error)) return null;
  const { status, headers, requestID } = error;
  if (status === undefined && error.error === undefined) return describeConnectionError(error);
  const { code = null, type = null } = bodyOf(error);
  return {
    code: errorCode(status, code, type),
    message: messageOf(error),
    status: status ?? null,
    providerCode: code === null && type === null ? null : String(code ?? type),
    requestId: requestID ?? headers?.get('x-request-id') ?? null,
    retryAfter: retryAfterOf(headers),
    // The SDKs' own retries include 409 (a lock that times out), so it is worth another try.
    ...(status === 409 && { retryable: true }),
  };
}

const isSdkError = (error: unknown): error is SdkError =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  'headers' in error &&
  'error' in error;

/** The error the server described, wherever the SDK left it. Some servers describe it in a mere text. */
function bodyOf({ error }: SdkError): ErrorBody {
  const body = typeof error === 'object' && error.error ? error.error : error;
  return typeof body === 'string' ? { message: body } : (body ?? {});
}

/** The server's own words, without the status the SDK puts before them. */
function messageOf(error: SdkError): string {
  const { message } = bodyOf(error);
  if (typeof message === 'string' && message !== '') return message;
  const { status } = error;
  const words = status === undefined ? error.message : error.message.replace(`${status} `, '');
  return words || 'The server gave no reason';
}

function errorCode(status: number | undefined, code: unknown, type: unknown): ErrorCode {
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return 'quota';
  if (status !== undefined) return errorCodeOfStatus(status);
  // Inside a stream there is no status of its own: some servers repeat it as the code, Azure as a text.
  if (/^[45]\d\d$/.test(String(code))) return errorCodeOfStatus(Number(code));
  return codesOfType.get(type) ?? codesOfType.get(code) ?? 'provider';
}

const codesOfType: ReadonlyMap<unknown, ErrorCode> = new Map<unknown, ErrorCode>([
  ['api_error', 'server'],
  ['server_error', 'server'],
  ['internal_server_error', 'server'],
  ['invalid_request_error', 'invalid-request'],
  ['request_too_large', 'invalid-request'],
  ['rate_limit_exceeded', 'rate-limit'],
  ['rate_limit_error', 'rate-limit'],
  ['overloaded_error', 'overloaded'],
  ['authentication_error', 'authentication'],
  ['billing_error', 'quota'],
  ['permission_error', 'permission'],
  ['not_found_error', 'not-found'],
  ['timeout', 'timeout'],
  ['timeout_error', 'timeout'],
]);

/** No answer came: the SDK says which of its own limits it was, the cause says what the network did. */
function describeConnectionError(error: SdkError): ErrorFacts {
  const network = describeNetworkError(error.cause);
  if (network !== null) return network;
  return /timed out/i.test(error.message)
    ? { code: 'timeout', message: 'No answer came within the client’s timeout' }
    : { code: 'connection', message: error.message };
}
