import { openai } from 'rx-llm/openai';
import type { SpokenWire } from './spoken-wire.ts';

/** OpenAI's wire, which Groq, xAI, LiteLLM, Azure and many others speak. */
export const chatCompletions: SpokenWire = {
  name: 'Chat Completions',
  provider: openai.provider,
  text: (fragments) => [
    ...fragments.map((content) => chunkOf({ delta: { content }, finish_reason: null })),
    chunkOf({ delta: {}, finish_reason: 'stop' }),
    { ...chunkOf(), usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 } },
  ],
  toolCall: (fragments) => [
    ...fragments.map((piece, position) => {
      const opening = position === 0 && { id: 'call_0', type: 'function' };
      const called = { ...(position === 0 && { name: 'save' }), arguments: piece };
      const tool_calls = [{ index: 0, ...opening, function: called }];
      return chunkOf({ delta: { tool_calls }, finish_reason: null });
    }),
    chunkOf({ delta: {}, finish_reason: 'tool_calls' }),
  ],
};

const chunkOf = (choice?: object): object => ({
  id: 'answer',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'bench-model',
  choices: choice === undefined ? [] : [{ index: 0, ...choice }],
});
