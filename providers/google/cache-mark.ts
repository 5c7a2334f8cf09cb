import type { CacheControl } from '../../lib/index.ts';
import { unmarkedPart } from '../../lib/unmarked-part.ts';

/**
 * A part without the field that marks what is worth caching. Gemini's parts have no such mark: from 2.5 on
 * its models cache by themselves what requests have in common at their beginning; besides that there are
 * caches that are made beforehand and named in a request.
 *
 * @see https://ai.google.dev/gemini-api/docs/caching
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export const unmarked = <P extends object>(part: P & { readonly cacheControl?: CacheControl }): P =>
  unmarkedPart(
    'google',
    part,
    'the beginning of requests is cached by itself, and a cache of your own is named in callParams.cachedContent',
  );
