import type { ErrorFacts } from './stream-error.ts';

/** Codes of Node and undici for a wait that became too long; everything else is the connection. */
const timeouts: ReadonlySet<unknown> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** The fields of an error, whichever realm its class is from. */
interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/**
 * What a failure of `fetch` or of reading its body means; `null` for anything else.
 *
 * `fetch` says little, as a `TypeError`: what happened is in the code of a cause, or in the innermost
 * message. A request that could not even be made (a URL or a header that is none) is a `TypeError` too.
 */
export function describeNetworkError(error: unknown): ErrorFacts | null {
  const causes = causesOf(error);
  const code = causes.map((cause) => cause.code).find((code) => typeof code === 'string');
  const message = causes[0]?.name === 'TypeError' ? String(causes[0].message) : '';
  if (timeouts.has(code)) {
    return { code: 'timeout', message: `The network took too long: ${code}`, ownWords: true };
  }
  if (code !== undefined && connectionCodes.test(code)) {
    return { code: 'connection', message: `The connection failed: ${code}`, ownWords: true };
  }
  if (code?.startsWith('ERR_INVALID_') || /header/i.test(message)) {
    const reason = code ?? String(causes.at(-1)?.message);
    return { code: 'invalid-request', message: `The request could not be made: ${reason}` };
  }
  return code === undefined && networkMessages.test(message)
    ? { code: 'connection', message: `The connection failed: ${String(causes.at(-1)?.message)}` }
    : null;
}

/** Codes of the system (`ECONNRESET`), of undici, of Node's streams, HTTP/2 and TLS, and of OpenSSL. */
const connectionCodes =
  /^(E[A-Z0-9]+|UND_ERR_\w+|ERR_(STREAM|HTTP2|SOCKET|SSL|TLS)_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** How Node, Chromium, Firefox and Safari word a failed connection. */
const networkMessages = /fetch failed|terminated|failed to fetch|networkerror|load failed/i;

/** The error, its cause, the cause's cause, and so on. */
function causesOf(error: unknown): readonly ErrorLike[] {
  const causes: ErrorLike[] = [];
  let cause = error;
  while (typeof cause === 'object' && cause !== null && !causes.includes(cause)) {
    causes.push(cause);
    cause = (cause as ErrorLike).cause;
  }
  return causes;
}
