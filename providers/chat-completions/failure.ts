import type { ErrorCode, ErrorFacts } from '../../lib/index.ts';
import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';
import { describeNetworkError } from '../../lib/network-error.ts';

/** The fields of an error of an SDK that Stainless generates: `openai`, and its siblings. */
interface SdkError extends Error {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: { readonly message?: unknown } | string | undefined;
  readonly code?: string | number | null;
  readonly type?: string | null;
  readonly requestID?: string | null;
}

/** What an error of the SDK means. Told by its fields: a second copy of the SDK has other classes. */
export function describeSdkError(error: unknown): ErrorFacts | null {
  if (!isSdkError(error)) return null;
  const { status, headers, type, requestID } = error;
  const providerCode = error.code ?? type ?? null;
  if (status === undefined && error.error === undefined) return describeConnectionError(error);
  const code = errorCode(error);
  return {
    code,
    message: messageOf(error),
    status: status ?? null,
    providerCode: providerCode === null ? null : String(providerCode),
    requestId: requestID ?? headers?.get('x-request-id') ?? null,
    retryAfter: retryAfterOf(headers),
    // The SDK's own retries include 409 (a lock that times out), so it is worth another try.
    ...(status === 409 && { retryable: true }),
  };
}

const isSdkError = (error: unknown): error is SdkError =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  'headers' in error &&
  'error' in error;

/** The server's own words, without the status the SDK puts before them. */
function messageOf({ error, message, status }: SdkError): string {
  if (typeof error === 'string') return error;
  if (typeof error?.message === 'string') return error.message;
  return status === undefined ? message : message.replace(new RegExp(`^${status} `), '');
}

function errorCode({ status, code, type }: SdkError): ErrorCode {
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return 'quota';
  if (status !== undefined) return errorCodeOfStatus(status);
  // Inside a stream there is no status of its own: some servers repeat it as the code.
  if (typeof code === 'number' && code >= 400) return errorCodeOfStatus(code);
  return codesOfType[type ?? ''] ?? codesOfType[code ?? ''] ?? 'provider';
}

const codesOfType: Readonly<Record<string, ErrorCode>> = {
  server_error: 'server',
  internal_server_error: 'server',
  invalid_request_error: 'invalid-request',
  rate_limit_exceeded: 'rate-limit',
  rate_limit_error: 'rate-limit',
  overloaded_error: 'overloaded',
  authentication_error: 'authentication',
  permission_error: 'permission',
  not_found_error: 'not-found',
  timeout: 'timeout',
};

/** No answer came: the SDK says which of its own limits it was, the cause says what the network did. */
function describeConnectionError(error: SdkError): ErrorFacts {
  const network = describeNetworkError(error.cause);
  if (network !== null) return network;
  return /timed out/i.test(error.message)
    ? { code: 'timeout', message: 'No answer came within the client’s timeout' }
    : { code: 'connection', message: error.message };
}
