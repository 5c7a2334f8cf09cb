import { bedrock as caller } from 'rx-llm/bedrock';
import type { SpokenWire } from './spoken-wire.ts';

/** Bedrock's ConverseStream. */
export const bedrock: SpokenWire = {
  name: 'Bedrock',
  provider: caller.provider,
  text: (fragments) => [
    { messageStart: { role: 'assistant' } },
    ...fragments.map((text) => deltaOf({ text })),
    ...endOf('end_turn'),
  ],
  toolCall: (fragments) => [
    { messageStart: { role: 'assistant' } },
    {
      contentBlockStart: {
        contentBlockIndex: 0,
        start: { toolUse: { toolUseId: 'call_0', name: 'save' } },
      },
    },
    ...fragments.map((input) => deltaOf({ toolUse: { input } })),
    ...endOf('tool_use'),
  ],
};

const deltaOf = (delta: object): object => ({
  contentBlockDelta: { contentBlockIndex: 0, delta },
});

const endOf = (stopReason: string): readonly object[] => [
  { contentBlockStop: { contentBlockIndex: 0 } },
  { messageStop: { stopReason } },
  { metadata: { usage: { inputTokens: 9, outputTokens: 9, totalTokens: 18 } } },
];
