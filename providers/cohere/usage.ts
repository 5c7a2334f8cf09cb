import { commonUsage, type CommonUsage } from '../../lib/index.ts';
import type { ChatUsage } from './wire.ts';

/**
 * Counts in common terms: those of `tokens`, cached ones and reasoning included. `billedUnits` leave out
 * what Cohere puts around the prompt, so they say nothing about the tokens.
 */
export function countTokens({ tokens, cachedTokens }: ChatUsage): CommonUsage {
  return commonUsage({
    inputTokens: tokens?.inputTokens,
    outputTokens: tokens?.outputTokens,
    cachedTokens,
    reasoningTokens: tokens?.reasoningTokens,
  });
}
