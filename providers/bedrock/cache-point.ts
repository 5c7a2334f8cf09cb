import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { CacheControl } from '../../lib/index.ts';

/**
 * The block behind a part, or a tool, up to which the conversation is cached; none where none is asked for. For how
 * long is the model's business where the caller does not say.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function encodeCachePoint(
  cacheControl: CacheControl | undefined,
): readonly ContentBlock.CachePointMember[] {
  if (cacheControl === undefined || cacheControl === false) return [];
  const ttl = cacheControl === true ? {} : { ttl: cacheControl.ttl };
  return [{ cachePoint: { type: 'default', ...ttl } }];
}
