import { openai } from 'rx-llm/openai';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

describeProvider(chatCompletionsFixture('openai', openai));
