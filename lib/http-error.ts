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
  const ms = numberIn(headers?.get('retry-after-ms'));
  if (ms !== null) return ms;
  const value = headers?.get('retry-after') ?? '';
  const seconds = numberIn(value);
  if (seconds !== null) return seconds * 1000;
  // Only a date in words: a list of numbers would be taken for one of the last century.
  const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

const numberIn = (value: string | null | undefined): number | null =>
  value && /^\d{1,12}(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
