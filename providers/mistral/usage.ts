import { commonUsage, type CommonUsage } from '../../lib/index.ts';
import type { MistralWire } from './wire.ts';

/** Parts of the counts the SDK's type does not have; it leaves them under their names on the wire. */
interface Details {
  readonly num_cached_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
  /** The same under an older name. */
  readonly prompt_token_details?: { readonly cached_tokens?: number | null } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
}

/** Mistral counts cached tokens as part of the prompt and reasoning as part of the completion. */
export function countTokens(usage: MistralWire['usage']): CommonUsage {
  const {
    num_cached_tokens: cached,
    prompt_tokens_details: prompt,
    prompt_token_details: olderPrompt,
    completion_tokens_details: completion,
  } = usage as Details;
  return commonUsage({
    inputTokens: usage.promptTokens,
    outputTokens: usage.completionTokens,
    totalTokens: usage.totalTokens,
    cachedTokens: prompt?.cached_tokens ?? olderPrompt?.cached_tokens ?? cached,
    reasoningTokens: completion?.reasoning_tokens,
  });
}
