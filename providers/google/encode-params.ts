import type { GenerateContentConfig } from '@google/genai';
import type { CommonParams } from '../../lib/index.ts';

/** The common parameters under Gemini's names; `toolChoice` is part of the `toolConfig`. */
export function encodeParams({
  temperature,
  topP,
  maxTokens,
  frequencyPenalty,
  presencePenalty,
  seed,
  stop,
}: CommonParams): GenerateContentConfig {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { stopSequences: typeof stop === 'string' ? [stop] : [...stop] }),
  };
}
