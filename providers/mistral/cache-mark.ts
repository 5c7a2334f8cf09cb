import { unmarked as unmarkedBy, type Markable } from '../../lib/unmarked.ts';

/**
 * A part or a tool without the field that marks what is worth caching. Mistral has no such mark.
 *
 * @see https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching
 * @throws {StreamError} `unsupported` for one that is marked
 */
export const unmarked = <T extends object>(markable: T & Markable): T =>
  unmarkedBy(
    'mistral',
    markable,
    'what requests have in common at their beginning is cached when they share a callParams.promptCacheKey',
  );
