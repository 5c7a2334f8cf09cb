import { unmarked as unmarkedBy, type Markable } from '../../lib/unmarked.ts';

/**
 * A part or a tool without the field that marks what is worth caching. Gemini has no such mark: from 2.5 on
 * its models cache by themselves what requests have in common at their beginning; besides that there are
 * caches that are made beforehand and named in a request.
 *
 * @see https://ai.google.dev/gemini-api/docs/caching
 * @throws {StreamError} `unsupported` for one that is marked
 */
export const unmarked = <T extends object>(markable: T & Markable): T =>
  unmarkedBy(
    'google',
    markable,
    'the beginning of requests is cached by itself, and a cache of your own is named in callParams.cachedContent',
  );
