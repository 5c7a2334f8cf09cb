import { mistral as caller } from 'rx-llm/mistral';
import type { SpokenWire } from './spoken-wire.ts';

/** Mistral's chat. */
export const mistral: SpokenWire = {
  name: 'Mistral',
  provider: caller.provider,
  text: (fragments) => [
    ...fragments.map((content) => chunkOf({ content }, null)),
    chunkOf({ content: '' }, 'stop'),
  ],
  toolCall: (fragments) => [
    ...fragments.map((piece, position) => {
      const called = { name: position === 0 ? 'save' : '', arguments: piece };
      return chunkOf({ toolCalls: [{ id: 'call00000', index: 0, function: called }] }, null);
    }),
    chunkOf({ content: '' }, 'tool_calls'),
  ],
};

const chunkOf = (delta: object, finishReason: string | null): object => ({
  id: 'answer',
  model: 'bench-model',
  choices: [{ index: 0, delta, finishReason }],
});
