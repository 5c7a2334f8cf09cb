import type Anthropic from '@anthropic-ai/sdk';
import type { CacheControl } from '../../lib/index.ts';

/**
 * The mark of a block, or a tool, up to which the conversation is cached: for 5 minutes where the caller does
 * not say. The API takes four marks in a request, and the longer ones first.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function encodeCacheControl(cacheControl: CacheControl | undefined): {
  readonly cache_control?: Anthropic.CacheControlEphemeral;
} {
  if (cacheControl === undefined || cacheControl === false) return {};
  const ttl = cacheControl === true ? {} : { ttl: cacheControl.ttl };
  return { cache_control: { type: 'ephemeral', ...ttl } };
}
