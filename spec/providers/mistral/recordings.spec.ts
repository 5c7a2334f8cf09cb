import { expect } from '@jest/globals';
import { mistral, type MistralWire } from 'rx-llm/mistral';
import { completionBorders } from '../../support/chat-completions-recordings.ts';
import { describeRecordings } from '../../support/describe-recordings.ts';
import { recordingsOf } from '../../support/recordings.ts';

/** How the SDK names the counts it knows. */
const usageNames: Readonly<Record<string, string>> = {
  prompt_tokens: 'promptTokens',
  completion_tokens: 'completionTokens',
  total_tokens: 'totalTokens',
  service_tier: 'serviceTier',
};

describeRecordings<MistralWire>({
  title: 'recorded Mistral responses',
  recordings: recordingsOf('openai-chat', ['mistral']),
  stream: (url, { request }, tools) => {
    const n = request.body?.n;
    const ask = mistral.call(
      {
        model: 'recorded',
        clientOptions: { apiKey: 'test', serverURL: url },
        tools,
        ...(n !== undefined && { callParams: { n } }),
      },
      () => 'recorded',
    );
    return ask();
  },
  borders: completionBorders,
  usage: ({ raw, ...counts }) => ({
    ...counts,
    raw: Object.fromEntries(
      Object.entries(raw as object).map(([name, count]) => [usageNames[name] ?? name, count]),
    ),
  }),
  expectMore: ({ response }, { expected }) => {
    const choices = response.choices.map(({ message, finishReason }) => ({
      text: textOf(message!.content),
      finishReason,
    }));
    expect(choices).toEqual(
      expected.choices?.map(({ text, finishReason }) => ({ text, finishReason })) ?? [
        { text: expected.text, finishReason: expected.finishReason },
      ],
    );
  },
});

/** The text of a message, whichever form its content has. */
const textOf = (content: unknown): string =>
  Array.isArray(content)
    ? content.map((part: { type: string; text?: string }) => part.text ?? '').join('')
    : (content as string);
