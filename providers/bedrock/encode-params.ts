import type { InferenceConfiguration } from '@aws-sdk/client-bedrock-runtime';
import type { CommonParams } from '../../lib/index.ts';
import { isObject } from './tool-input.ts';
import { defined } from '../../lib/defined.ts';
import { unsupported } from '../../lib/unsupported.ts';
import type { BedrockWire } from './wire.ts';

/**
 * The common parameters Converse does not have, with the names that the models which have them give them.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InferenceConfiguration.html
 */
const missing = [
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
  ['seed', 'seed'],
] as const satisfies readonly (readonly [keyof CommonParams, string])[];

/**
 * The common parameters as `inferenceConfig`, behind the caller's own, field by field. Which of them a model
 * takes is for the service to say: Claude from Opus 4.7 on takes neither `temperature` nor `topP`.
 *
 * @throws {StreamError} `unsupported` for a parameter Converse does not have, unless the caller gives it as
 * the model's own
 */
export function encodeParams(
  provider: string,
  { inferenceConfig: own = {}, additionalModelRequestFields: fields }: BedrockWire['params'],
  common: CommonParams,
): Pick<BedrockWire['request'], 'inferenceConfig'> {
  for (const [name, field] of missing) {
    if (common[name] !== undefined && !(isObject(fields) && field in fields)) {
      const instead =
        'leave it out of commonParams, or put what the model calls it into callParams.additionalModelRequestFields';
      throw unsupported(provider, name, instead);
    }
  }
  const { maxTokens, temperature, topP, stop } = common;
  const inferenceConfig: InferenceConfiguration = {
    ...defined({ maxTokens, temperature, topP }),
    ...(stop !== undefined && { stopSequences: [stop].flat() }),
    ...defined(own),
  };
  return Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {};
}
