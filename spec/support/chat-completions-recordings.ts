import { expect } from '@jest/globals';
import type { OpenAIWire, Service } from 'rx-llm/openai';
import { describeRecordings, sseBorders, type Border } from './describe-recordings.ts';
import { recordingsOf, type Recording } from './recordings.ts';

/** Holds a service of the Chat Completions wire against what its servers really sent. */
export function describeChatCompletionsRecordings(
  { call }: Service,
  providers: readonly string[],
): void {
  describeRecordings<OpenAIWire>({
    title: `recorded Chat Completions responses of ${providers.join(' and ')}`,
    recordings: recordingsOf('openai-chat', providers),
    stream: (url, { request }, tools) => {
      const n = request.body?.n;
      const ask = call(
        {
          model: 'recorded',
          clientOptions: { apiKey: 'test', baseURL: `${url}/v1` },
          tools,
          ...(n !== undefined && { callParams: { n } }),
        },
        () => 'recorded',
      );
      return ask();
    },
    borders: completionBorders,
    usage: ({ output, reasoning, input, total, ...rest }) => ({
      ...rest,
      input,
      total,
      reasoning,
      // The recordings hold the counts as sent; xAI's models count reasoning apart from the output.
      output: total === (input ?? 0) + (output ?? 0) ? output : (output ?? 0) + (reasoning ?? 0),
    }),
    expectMore: ({ response }, { expected }) => {
      const texts = response.choices.map(({ message }) => message.content ?? '');
      expect(texts).toEqual(expected.choices?.map(({ text }) => text) ?? [expected.text]);
    },
  });
}

/** The events of a completion; a finish reason is the end unless several choices were asked for. */
export function completionBorders(recording: Recording): readonly Border[] {
  const several = (recording.request.body?.n ?? 1) > 1;
  return sseBorders(
    recording,
    (event) => event.includes('[DONE]') || (!several && /"finish_reason":\s*"/.test(event)),
  );
}
