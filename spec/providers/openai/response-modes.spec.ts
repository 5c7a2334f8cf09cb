import { describe, expect, it } from '@jest/globals';
import { tool, type ResponseMode } from 'rx-llm';
import { responseModes } from '../../../providers/openai/response-modes.ts';

const all = ['native', 'tool', 'json'] as const;
const withoutSchema = ['tool', 'json'] as const;
const toolOnly = ['tool'] as const;

const models: readonly (readonly [string, readonly ResponseMode[]])[] = [
  ['gpt-4o', all],
  ['gpt-4o-mini', all],
  ['gpt-4o-mini-2024-07-18', all],
  ['gpt-4o-2024-08-06', all],
  ['gpt-4.1', all],
  ['gpt-4.1-nano-2025-04-14', all],
  ['gpt-40', all],
  ['gpt-5.6-sol', all],
  ['o3', all],
  ['ft:gpt-4o-mini-2024-07-18:acme::abc', all],
  ['what-comes-next', all],
  ['', all],
  ['gpt-4o-2024-05-13', withoutSchema],
  ['gpt-4-turbo', withoutSchema],
  ['gpt-4-turbo-2024-04-09', withoutSchema],
  ['gpt-4-turbo-preview', withoutSchema],
  ['gpt-4-0125-preview', withoutSchema],
  ['gpt-4-1106-preview', withoutSchema],
  ['gpt-3.5-turbo', withoutSchema],
  ['gpt-3.5-turbo-0125', withoutSchema],
  ['ft:gpt-3.5-turbo-0125:acme::abc', withoutSchema],
  ['gpt-4', toolOnly],
  ['gpt-4-0613', toolOnly],
  ['gpt-4-32k-0613', toolOnly],
  ['gpt-audio', toolOnly],
  ['gpt-audio-1.5', toolOnly],
  ['gpt-audio-mini', toolOnly],
  ['gpt-4o-audio-preview', toolOnly],
  ['gpt-4o-mini-audio-preview-2024-12-17', toolOnly],
];

describe('responseModes', () => {
  it.each(models)('should know what %j can do', (model, modes) => {
    expect(responseModes({ model, tools: [] })).toEqual(modes);
  });

  it('should not depend on tools, which go with every mode', () => {
    const weather = tool({ name: 'weather', parameters: { type: 'object' } });
    expect(responseModes({ model: 'gpt-4o', tools: [weather] })).toEqual(all);
  });
});
