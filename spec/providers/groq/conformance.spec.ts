import Groq from 'groq-sdk';
import { groq, type GroqWire } from 'rx-llm/groq';
import { openai } from 'rx-llm/openai';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

const shared = chatCompletionsFixture('groq', openai);

describeProvider<GroqWire>({
  ...shared,
  call: (url, options, prompt) =>
    groq.call(
      { model: 'test-model', clientOptions: { apiKey: shared.key, baseURL: url }, ...options },
      prompt,
    ),
  sdkError: Groq.APIError,
});
