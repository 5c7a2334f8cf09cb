import { xai } from 'rx-llm/xai';
import { describeChatCompletionsRecordings } from '../../support/chat-completions-recordings.ts';

describeChatCompletionsRecordings(xai, ['xai']);
