import { StreamError, type CacheControl } from '../../lib/index.ts';

/**
 * A part without the field that marks what is worth caching; the part itself where it has none.
 *
 * Cohere's parts have no such mark, and its requests no parameter for it: answers report cached tokens
 * (`usage.cachedTokens`) that nobody has asked for.
 *
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export function unmarked<P extends object>(part: P & { readonly cacheControl?: CacheControl }): P {
  const { cacheControl, ...rest } = part;
  if (cacheControl === undefined) return part;
  if (cacheControl === false) return rest as unknown as P;
  throw new StreamError('cohere', {
    code: 'unsupported',
    message: 'Cohere takes no cacheControl on parts: it caches by itself; leave the marks out',
  });
}
