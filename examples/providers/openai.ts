import { openai, type OpenAIWire } from 'rx-llm/openai';
import { localKey } from '../endpoints/local-endpoint.ts';
import type { Access } from './demo-provider.ts';
import { variable } from './environment.ts';

/** OpenAI, which the examples beside the demo use too. */
export const openaiAccess: Access<OpenAIWire> = {
  provider: openai.provider,
  model: 'gpt-4o-mini',
  liveWith: [['OPENAI_API_KEY']],
  url: () => variable('OPENAI_BASE_URL') ?? 'https://api.openai.com/v1',
  settings: ['OPENAI_'],
  local: (origin) => ({ clientOptions: { baseURL: `${origin}/v1`, apiKey: localKey } }),
  live: () => ({}),
};
