import { cohere as caller } from 'rx-llm/cohere';
import type { SpokenWire } from './spoken-wire.ts';

/** Cohere's v2 chat. */
export const cohere: SpokenWire = {
  name: 'Cohere',
  provider: caller.provider,
  text: (fragments) => [
    { type: 'message-start', id: 'answer' },
    partOf('content-start', { content: { type: 'text', text: '' } }),
    ...fragments.map((text) => partOf('content-delta', { content: { text } })),
    { type: 'content-end', index: 0 },
    { type: 'message-end', delta: { finishReason: 'COMPLETE' } },
  ],
  toolCall: (fragments) => [
    { type: 'message-start', id: 'answer' },
    partOf('tool-call-start', {
      toolCalls: { id: 'call_0', type: 'function', function: { name: 'save', arguments: '' } },
    }),
    ...fragments.map((piece) =>
      partOf('tool-call-delta', { toolCalls: { function: { arguments: piece } } }),
    ),
    { type: 'tool-call-end', index: 0 },
    { type: 'message-end', delta: { finishReason: 'TOOL_CALL' } },
  ],
};

const partOf = (type: string, message: object): object => ({ type, index: 0, delta: { message } });
