import { StreamError, type CacheControl } from '../../lib/index.ts';

/**
 * Refuses a part that marks what is worth caching.
 *
 * Gemini's parts have no such mark. From 2.5 on its models cache by themselves what requests have in
 * common at their beginning; besides that there are caches that are made beforehand and named in a request.
 *
 * @see https://ai.google.dev/gemini-api/docs/caching
 */
export function refuseCacheMark({
  cacheControl = false,
}: {
  readonly cacheControl?: CacheControl;
}): void {
  if (cacheControl === false) return;
  throw new StreamError('google', {
    code: 'unsupported',
    message:
      'Gemini takes no cacheControl on parts: it caches the beginning of requests by itself, and a cache of your own is named in callParams.cachedContent',
  });
}
