import { google as caller } from 'rx-llm/google';
import type { SpokenWire } from './spoken-wire.ts';

/** Gemini's wire. Calls come whole, and usage with every event. */
export const google: SpokenWire = {
  name: 'Google',
  provider: caller.provider,
  text: (fragments) => [
    ...fragments.map((text, position) => responseOf(text, position, {})),
    responseOf('', fragments.length, { finishReason: 'STOP' }),
  ],
  toolCall: null,
};

const responseOf = (text: string, position: number, end: object): object => ({
  responseId: 'answer',
  modelVersion: 'bench-model',
  candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...end }],
  usageMetadata: { promptTokenCount: 9, candidatesTokenCount: position },
});
