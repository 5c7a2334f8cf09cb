import type { ErrorCode } from './stream-error.ts';

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request',
  401: 'authentication',
  402: 'quota',
  403: 'permission',
  404: 'not-found',
  408: 'timeout',
  409: 'invalid-request',
  413: 'invalid-request',
  422: 'invalid-request',
  429: 'rate-limit',
  // Anthropic's word for "no capacity"; others say 503.
  503: 'overloaded',
  529: 'overloaded',
};

/** What an HTTP status means. */
export const errorCodeOfStatus = (status: number): ErrorCode =>
  codes[status] ?? (status >= 500 ? 'server' : 'invalid-request');

/**
 * How long a server asks to wait, in ms: `retry-after-ms` (OpenAI and Azure), else `retry-after` in
 * seconds or as a date (RFC 9110, section 10.2.3). `null` when it does not say.
 */
export function retryAfterOf(headers: Headers | undefined): number | null {
  const ms = Number(headers?.get('retry-after-ms') ?? NaN);
  if (ms >= 0) return ms;
  const value = headers?.get('retry-after');
  if (!value) return null;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
