import { anthropic as caller } from 'rx-llm/anthropic';
import type { SpokenWire } from './spoken-wire.ts';

/** Anthropic's Messages. */
export const anthropic: SpokenWire = {
  name: 'Anthropic',
  provider: caller.provider,
  text: (fragments) => {
    const deltas = fragments.map((text) => ({ type: 'text_delta', text }));
    return messageOf({ type: 'text', text: '' }, deltas, 'end_turn');
  },
  toolCall: (fragments) => {
    const deltas = fragments.map((piece) => ({ type: 'input_json_delta', partial_json: piece }));
    return messageOf(
      { type: 'tool_use', id: 'call_0', name: 'save', input: {} },
      deltas,
      'tool_use',
    );
  },
};

const messageOf = (block: object, deltas: readonly object[], reason: string): readonly object[] => [
  {
    type: 'message_start',
    message: {
      id: 'answer',
      type: 'message',
      role: 'assistant',
      model: 'bench-model',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 9 },
  },
  { type: 'message_stop' },
];
