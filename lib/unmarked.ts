import type { CacheControl } from './message.ts';
import { unsupported } from './unsupported.ts';

/** What can carry the mark of what is worth caching: a part, a tool. */
export interface Markable {
  readonly cacheControl?: CacheControl;
}

/**
 * A part or a tool without the mark of what is worth caching, for a provider that knows no such mark: the
 * thing itself where it has none.
 *
 * @param provider its name
 * @param instead what there is in its place
 * @throws {StreamError} `unsupported` for one that is marked
 */
export function unmarked<T extends object>(
  provider: string,
  markable: T & Markable,
  instead: string,
): T {
  const { cacheControl, ...rest } = markable;
  if (cacheControl === undefined) return markable;
  if (cacheControl === false) return rest as unknown as T;
  throw unsupported(provider, 'cacheControl', instead);
}
