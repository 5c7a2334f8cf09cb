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
 * `fetch` says only "fetch failed" or "terminated", as a `TypeError`: what happened is in the code of
 * a cause, or in the innermost message.
 */
export function describeNetworkError(error: unknown): ErrorFacts | null {
  const causes = causesOf(error);
  const code = causes.map((cause) => cause.code).find((code) => typeof code === 'string');
  if (code === undefined && causes[0]?.name !== 'TypeError') return null;
  const reason = code ?? String(causes.at(-1)?.message);
  return timeouts.has(code)
    ? { code: 'timeout', message: `The network took too long: ${reason}` }
    : { code: 'connection', message: `The connection failed: ${reason}` };
}

/** The error, its cause, the cause's cause, and so on. */
function causesOf(error: unknown): readonly ErrorLike[] {
  if (typeof error !== 'object' || error === null) return [];
  const { cause } = error as ErrorLike;
  return [error as ErrorLike, ...causesOf(cause)];
}
