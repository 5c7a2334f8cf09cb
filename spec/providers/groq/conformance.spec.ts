import Groq from 'groq-sdk';
import { groq, type GroqWire } from 'rx-llm/groq';
import { openai } from 'rx-llm/openai';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

const shared = chatCompletionsFixture('groq', openai);

describeProvider<GroqWire>({
  ...shared,
  caller: groq,
  connection: (url) => ({ clientOptions: { apiKey: shared.key, baseURL: url } }),
  sdkError: Groq.APIError,
});
