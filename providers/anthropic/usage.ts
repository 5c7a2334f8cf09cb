import { commonUsage, type CommonUsage } from '../../lib/index.ts';
import type { MessageUsage } from './wire.ts';

/**
 * Counts in common terms. Anthropic's `input_tokens` leaves out what was read from or written to the
 * cache; `output_tokens` includes thinking. What an event does not mention stays unknown.
 */
export function countTokens(usage: MessageUsage): CommonUsage {
  const {
    input_tokens: uncached,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
  } = usage;
  return commonUsage({
    inputTokens: typeof uncached === 'number' ? uncached + (read ?? 0) + (written ?? 0) : null,
    outputTokens: usage.output_tokens,
    cachedTokens: read,
    cacheWriteTokens: written,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens,
  });
}
