import { azure } from 'rx-llm/azure';
import { chatCompletionsFixture } from '../../support/chat-completions-fixture.ts';
import { describeProvider } from '../../support/describe-provider.ts';

describeProvider(chatCompletionsFixture('azure', azure));
