import { StreamError, type CacheControl } from '../../lib/index.ts';

/**
 * A part without the field that marks what is worth caching; the part itself where it has none.
 *
 * Mistral's parts have no such mark: what requests have in common at their beginning is cached under a key
 * that the requests share.
 *
 * @see https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export function unmarked<P extends object>(part: P & { readonly cacheControl?: CacheControl }): P {
  const { cacheControl, ...rest } = part;
  if (cacheControl === undefined) return part;
  if (cacheControl === false) return rest as unknown as P;
  throw new StreamError('mistral', {
    code: 'unsupported',
    message:
      'Mistral takes no cacheControl on parts: it caches the beginning that requests have in common when they share a callParams.promptCacheKey',
  });
}
