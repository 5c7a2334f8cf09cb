import { unmarked as unmarkedBy, type Markable } from '../../lib/unmarked.ts';

/**
 * A part or a tool without the field that marks what is worth caching. Cohere has no such mark, and its
 * requests no parameter for it: answers report cached tokens (`usage.cachedTokens`) that nobody asked for.
 *
 * @throws {StreamError} `unsupported` for one that is marked
 */
export const unmarked = <T extends object>(markable: T & Markable): T =>
  unmarkedBy('cohere', markable, 'leave it out, the service caches by itself');
