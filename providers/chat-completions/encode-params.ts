import type { CommonParams, ToolChoice } from '../../lib/index.ts';
import type { Dialect } from './dialect.ts';
import { defined } from '../../lib/defined.ts';
import { unsupported } from '../../lib/unsupported.ts';
import type { ChatCompletionsWire } from './wire.ts';

type Params = ChatCompletionsWire['params'];

/** What the wire calls the common parameters; where there are two names, they are for the same thing. */
const wireNames = {
  temperature: ['temperature'],
  maxTokens: ['max_completion_tokens', 'max_tokens'],
  topP: ['top_p'],
  frequencyPenalty: ['frequency_penalty'],
  presencePenalty: ['presence_penalty'],
  seed: ['seed'],
  stop: ['stop'],
  toolChoice: ['tool_choice'],
} as const satisfies Readonly<Record<keyof CommonParams, readonly (keyof Params)[]>>;

const commonNames = Object.keys(wireNames) as readonly (keyof CommonParams)[];

/**
 * The parameters of a request: the caller's own, and the common ones that say nothing they say already.
 * What is `undefined` is not sent.
 *
 * @param offersTools whether there is anything to choose from
 * @throws {StreamError} `unsupported` for a common parameter the service does not have
 */
export function encodeParams(
  { name: provider, maxTokens, missingParams }: Dialect,
  common: CommonParams,
  given: Params,
  offersTools: boolean,
): Params {
  const own = defined(given);
  const { toolChoice } = common;
  // "'tool_choice' is only allowed when 'tools' are specified", say OpenAI, vLLM and xAI even of these.
  const isIdle = !offersTools && (toolChoice === 'auto' || toolChoice === 'none');
  const added = commonNames
    .filter((name) => common[name] !== undefined && !wireNames[name].some((said) => said in own))
    .filter((name) => !(name === 'toolChoice' && isIdle))
    .map((name) => {
      if (missingParams.includes(name))
        throw unsupported(provider, name, 'leave it out of commonParams');
      return [
        name === 'maxTokens' ? maxTokens : wireNames[name][0],
        encoded(common[name]),
      ] as const;
    });
  // Made of the table's names, which are the wire's.
  return { ...(Object.fromEntries(added) as Params), ...own };
}

function encoded(value: CommonParams[keyof CommonParams]): unknown {
  if (typeof value !== 'object') return value;
  return 'name' in value ? encodedChoice(value) : [...value];
}

const encodedChoice = ({ name }: Exclude<ToolChoice, string>): Params['tool_choice'] => ({
  type: 'function',
  function: { name },
});
