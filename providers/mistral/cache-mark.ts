import type { CacheControl } from '../../lib/index.ts';
import { unmarkedPart } from '../../lib/unmarked-part.ts';

/**
 * A part without the field that marks what is worth caching. Mistral's parts have no such mark.
 *
 * @see https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export const unmarked = <P extends object>(part: P & { readonly cacheControl?: CacheControl }): P =>
  unmarkedPart(
    'mistral',
    part,
    'what requests have in common at their beginning is cached when they share a callParams.promptCacheKey',
  );
