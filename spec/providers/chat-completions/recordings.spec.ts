import { expect } from '@jest/globals';
import { openai, type OpenAIWire } from 'rx-llm/openai';
import { describeRecordings, sseBorders } from '../../support/describe-recordings.ts';
import { recordingsOf } from '../../support/recordings.ts';

describeRecordings<OpenAIWire>({
  title: 'recorded Chat Completions responses',
  recordings: recordingsOf('openai-chat', ['openai', 'openai-compatible']),
  stream: (url, { request }, tools) => {
    const n = request.body?.n;
    const ask = openai.call(
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
  borders: (recording) => {
    const several = (recording.request.body?.n ?? 1) > 1;
    return sseBorders(
      recording,
      (event) => event.includes('[DONE]') || (!several && /"finish_reason":\s*"/.test(event)),
    );
  },
  expectMore: ({ response }, { expected }) => {
    const texts = response.choices.map(({ message }) => message.content ?? '');
    expect(texts).toEqual(expected.choices?.map(({ text }) => text) ?? [expected.text]);
  },
});
