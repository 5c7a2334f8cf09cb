import type { ErrorCode, ErrorFacts } from '../../lib/index.ts';
import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';
import { describeNetworkError } from '../../lib/network-error.ts';

/** An error as Google's APIs describe it: https://cloud.google.com/apis/design/errors */
interface GoogleError {
  /** HTTP status. */
  readonly code?: unknown;
  readonly message?: unknown;
  /** Name of the gRPC code, such as `INVALID_ARGUMENT`. */
  readonly status?: unknown;
  readonly details?: unknown;
}

interface ErrorDetail {
  /** Of `google.rpc.ErrorInfo`, such as `API_KEY_INVALID`. */
  readonly reason?: unknown;
  /** Of `google.rpc.RetryInfo`, such as `34.07s`. */
  readonly retryDelay?: unknown;
  /** Of `google.rpc.RequestInfo`. */
  readonly requestId?: unknown;
}

/** The SDK's errors have no headers; those of the response they are about are kept beside them. */
const responses = new WeakMap<object, Response>();

/** Remembers which response an error of the SDK is about, as long as the error is there. */
export function rememberResponse(error: unknown, response: Response): void {
  if (typeof error === 'object' && error !== null) responses.set(error, response);
}

/** What an error of the SDK means. Told by its fields: a second copy of the SDK has other classes. */
export function describeFailure(error: unknown): ErrorFacts | null {
  if (!isError(error)) return null;
  const response = responses.get(error);
  // The SDK wraps what is not an `Error` of its own realm.
  if (!response && error.cause !== undefined) return describeNetworkError(error.cause);
  const reported = reportedError(error.message);
  const status = error.status ?? response?.status ?? null;
  if (reported === null && status === null) return describeOwnError(error);
  return describeReported(reported ?? {}, status, response);
}

interface SdkError extends Error {
  /** Of the SDK's `ApiError` only. */
  readonly status?: number;
}

const isError = (error: unknown): error is SdkError =>
  typeof error === 'object' && error !== null && 'message' in error;

function describeReported(
  { code, message, status: name, details }: GoogleError,
  status: number | null,
  response: Response | undefined,
): ErrorFacts {
  const known = (Array.isArray(details) ? details : []) as readonly (ErrorDetail | null)[];
  const find = (field: keyof ErrorDetail): string | null => {
    const value = known.map((detail) => detail?.[field]).find((text) => typeof text === 'string');
    return value ?? null;
  };
  const { headers } = response ?? {};
  const httpStatus = status ?? (typeof code === 'number' ? code : null);
  return {
    code: errorCode(httpStatus, name, find('reason')),
    // Gateways answer with pages of their own.
    message: typeof message === 'string' && !/^\s*(<|$)/.test(message) ? message : noMessage,
    status: httpStatus,
    providerCode: typeof name === 'string' && name !== '' ? name : null,
    requestId: find('requestId') ?? headers?.get('x-request-id') ?? null,
    retryAfter: retryAfterOf(headers) ?? millisecondsOf(find('retryDelay')),
    ...(name === 'CANCELLED' && { retryable: true }),
  };
}

const noMessage = 'The server refused the request and did not say why';

function errorCode(status: number | null, name: unknown, reason: string | null): ErrorCode {
  // Under status 400.
  if (reason === 'API_KEY_INVALID') return 'authentication';
  // Under 499, and not on our behalf: there it would have no reader.
  if (name === 'CANCELLED') return 'provider';
  if (name === 'DEADLINE_EXCEEDED') return 'timeout';
  return status === null ? 'provider' : errorCodeOfStatus(status);
}

/** A duration of Protocol Buffers: seconds, with an `s`. */
function millisecondsOf(duration: string | null): number | null {
  const seconds = Number(/^([\d.]+)s$/.exec(duration ?? '')?.[1] ?? NaN);
  return Number.isNaN(seconds) ? null : Math.ceil(seconds * 1000);
}

/** Errors the SDK and Google's authentication library make themselves. */
function describeOwnError({ name, message }: Error): ErrorFacts | null {
  if (message.startsWith('Incomplete JSON segment')) {
    return { code: 'truncated', message: 'The stream ended in the middle of an event' };
  }
  // The name, for the class may be another realm's. The message quotes the event.
  if (name === 'SyntaxError' || message.startsWith('exception parsing stream chunk')) {
    return { code: 'invalid-response', message: 'The server sent an event whose data is not JSON' };
  }
  if (/default credentials|API key/i.test(message)) return { code: 'authentication', message };
  return null;
}

/** The error a text describes, or an error inside its message describes: proxies of Google's own nest them. */
export function reportedError(text: string): GoogleError | null {
  const error = errorIn(jsonIn(text));
  if (error === null) return null;
  const inner = typeof error.message === 'string' ? reportedError(error.message) : null;
  return inner ?? error;
}

/** The SDK's messages are the document, some with words before it: `got status: 503. {"error": …}`. */
function jsonIn(text: string): unknown {
  const start = text.search(/[{[]/);
  if (start < 0) return null;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    return null;
  }
}

/** `{ error }`, or a list of one (Vertex AI without `alt=sse`). Some proxies have a mere text for it. */
function errorIn(document: unknown): GoogleError | null {
  const first: unknown = Array.isArray(document) ? document[0] : document;
  if (typeof first !== 'object' || first === null || !('error' in first)) return null;
  const { error } = first;
  if (typeof error === 'string') return { message: error };
  return typeof error === 'object' ? error : null;
}
