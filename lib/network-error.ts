import type { ErrorFacts } from './stream-error.ts';

/** Codes of Node and undici for a wait that became too long; everything else is the connection. */
const timeouts: ReadonlySet<unknown> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * What a failure of `fetch` or of reading its body means; `null` for anything else.
 *
 * `fetch` says only "fetch failed" or "terminated": what happened is in the code of the innermost cause.
 */
export function describeNetworkError(error: unknown): ErrorFacts | null {
  const code = systemCode(error);
  if (code === null && !(error instanceof TypeError)) return null;
  const reason = code ?? (error as TypeError).message;
  return timeouts.has(code)
    ? { code: 'timeout', message: `The network took too long: ${reason}` }
    : { code: 'connection', message: `The connection failed: ${reason}` };
}

function systemCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return null;
}
