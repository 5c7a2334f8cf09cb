import type { CommonParams } from '../../lib/index.ts';
import { encodeToolChoice } from './tool-choice.ts';
import type { ChatParams } from './wire.ts';

/**
 * The common parameters under Cohere's names. Its penalties go from 0 to 1.
 *
 * @param own the caller's own, whose `toolChoice` goes first
 * @param offered the names of the tools to choose from
 * @throws {StreamError} `unsupported` for a choice of one tool among several
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
  own: ChatParams,
  offered: readonly string[],
): ChatParams {
  const choice =
    own.toolChoice ??
    (toolChoice === undefined ? undefined : encodeToolChoice(toolChoice, offered));
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { p: topP }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { stopSequences: typeof stop === 'string' ? [stop] : [...stop] }),
    ...(choice && { toolChoice: choice }),
  };
}
