import type { ResponseMode } from '../../lib/index.ts';
import type { AskedModel } from '../chat-completions/dialect.ts';

/**
 * How OpenAI's models can be brought to answer in the shape of a schema, the best way first. A model that is
 * not in the table of older ones can do everything.
 */
export function responseModes({ model }: AskedModel): readonly ResponseMode[] {
  const name = model.replace(/^ft:/, '');
  const [, modes = allModes] = olderModels.find(([pattern]) => pattern.test(name)) ?? [];
  return modes;
}

const allModes: readonly ResponseMode[] = ['native', 'tool', 'json'];

/**
 * Schemas came with gpt-4o-2024-08-06 and gpt-4o-mini, JSON mode with the previews of GPT-4 Turbo and
 * gpt-3.5-turbo-1106. The models of sound stream and call functions, nothing else.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs
 * @see https://developers.openai.com/api/docs/models/gpt-audio
 */
const olderModels: readonly (readonly [name: RegExp, modes: readonly ResponseMode[]])[] = [
  [/^gpt-(4o-(mini-)?)?audio\b/, ['tool']],
  [/^gpt-3\.5-/, ['tool', 'json']],
  [/^gpt-4-(turbo|1106|0125)/, ['tool', 'json']],
  [/^gpt-4o-2024-05-13$/, ['tool', 'json']],
  [/^gpt-4(-|$)/, ['tool']],
];
