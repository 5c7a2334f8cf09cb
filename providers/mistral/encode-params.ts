import type { CommonParams, ToolChoice } from '../../lib/index.ts';
import type { MistralParams } from './wire.ts';

/**
 * The common parameters under Mistral's names.
 *
 * @param offersTools whether there is anything to choose from
 */
export function encodeParams(
  {
    temperature,
    topP,
    maxTokens,
    frequencyPenalty,
    presencePenalty,
    seed,
    stop,
    toolChoice,
  }: CommonParams,
  offersTools: boolean,
): MistralParams {
  const choice = toolChoice && encodeToolChoice(toolChoice, offersTools);
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(seed !== undefined && { randomSeed: seed }),
    ...(stop !== undefined && { stop: typeof stop === 'string' ? stop : [...stop] }),
    ...(choice && { toolChoice: choice }),
  };
}

/** @see https://docs.mistral.ai/studio-api/conversations/function-calling */
function encodeToolChoice(
  toolChoice: ToolChoice,
  offersTools: boolean,
): MistralParams['toolChoice'] {
  if (typeof toolChoice === 'object') {
    return { type: 'function', function: { name: toolChoice.name } };
  }
  if (toolChoice === 'required') return 'any';
  // Without tools there is nothing to leave to the model or to forbid.
  return offersTools ? toolChoice : undefined;
}
