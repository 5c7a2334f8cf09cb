import { xai } from 'rx-llm/xai';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

describeProvider(chatCompletionsFixture('xai', xai));
