import { groq, type GroqWire } from 'rx-llm/groq';
import { completionBorders } from '../../support/chat-completions-recordings.ts';
import { describeRecordings } from '../../support/describe-recordings.ts';
import { recordingsOf } from '../../support/recordings.ts';

describeRecordings<GroqWire>({
  title: 'recorded Groq responses',
  recordings: recordingsOf('openai-chat', ['groq']),
  stream: (url, _recording, tools) =>
    groq.call(
      { model: 'recorded', clientOptions: { apiKey: 'test', baseURL: url }, tools },
      () => 'recorded',
    )(),
  borders: completionBorders,
});
