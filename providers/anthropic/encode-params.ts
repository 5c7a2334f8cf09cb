import type { CommonParams } from '../../lib/index.ts';
import { unsupported } from '../../lib/unsupported.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * The most tokens an answer may take where the caller does not say: the API has no default of its own.
 * Every model allows as many.
 */
const defaultMaxTokens = 4096;

/**
 * The common parameters the API does not have, with the fields they would stand in. Sampling is gone since
 * version 2026-10-21, which the SDK asks for since its own version 1: a request with `temperature` or
 * `top_p` is refused, even with their defaults and whatever the model.
 *
 * @see https://platform.claude.com/docs/en/api/versioning
 */
const missing = [
  ['temperature', 'temperature'],
  ['topP', 'top_p'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
  ['seed', 'seed'],
] as const satisfies readonly (readonly [keyof CommonParams, string])[];

/**
 * The common parameters as fields of a request, behind the caller's own. What the caller's own parameters
 * hold is not refused: servers that imitate the API, and older versions of it, may have the field.
 *
 * @throws {StreamError} `unsupported` for a parameter the API does not have
 */
export function encodeParams(
  params: AnthropicWire['params'],
  common: CommonParams,
): Pick<AnthropicWire['request'], 'max_tokens' | 'stop_sequences'> {
  for (const [name, field] of missing) {
    if (common[name] !== undefined && (params as Fields)[field] === undefined) {
      throw unsupported('anthropic', name, 'leave it out of commonParams');
    }
  }
  const stop = params.stop_sequences ?? (common.stop === undefined ? null : [common.stop].flat());
  return {
    max_tokens: params.max_tokens ?? common.maxTokens ?? defaultMaxTokens + thinkingBudget(params),
    ...(stop && { stop_sequences: stop }),
  };
}

interface Fields {
  readonly [name: string]: unknown;
}

/** Thinking counts against `max_tokens`, and the API wants its budget to be less. */
const thinkingBudget = ({ thinking }: AnthropicWire['params']): number =>
  thinking?.type === 'enabled' ? thinking.budget_tokens : 0;
