import { litellm } from 'rx-llm/litellm';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

describeProvider(chatCompletionsFixture('litellm', litellm));
