import { azure } from 'rx-llm/azure';
import { describeChatCompletionsRecordings } from '../../support/chat-completions-recordings.ts';

describeChatCompletionsRecordings(azure, ['azure']);
