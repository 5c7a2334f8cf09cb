import type { CacheControl } from '../../lib/index.ts';
import { unmarkedPart } from '../../lib/unmarked-part.ts';

/**
 * A part without the field that marks what is worth caching. Cohere's parts have no such mark, and its
 * requests no parameter for it: answers report cached tokens (`usage.cachedTokens`) that nobody asked for.
 *
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export const unmarked = <P extends object>(part: P & { readonly cacheControl?: CacheControl }): P =>
  unmarkedPart('cohere', part, 'leave it out, the service caches by itself');
