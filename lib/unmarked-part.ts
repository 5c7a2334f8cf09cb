import type { CacheControl } from './message.ts';
import { unsupported } from './unsupported.ts';

/**
 * A part without the mark of what is worth caching, for a provider that knows no such mark: the part itself
 * where it has none.
 *
 * @param provider its name
 * @param instead what there is in its place
 * @throws {StreamError} `unsupported` for a part that is marked
 */
export function unmarkedPart<P extends object>(
  provider: string,
  part: P & { readonly cacheControl?: CacheControl },
  instead: string,
): P {
  const { cacheControl, ...rest } = part;
  if (cacheControl === undefined) return part;
  if (cacheControl === false) return rest as unknown as P;
  throw unsupported(provider, 'cacheControl on parts', instead);
}
