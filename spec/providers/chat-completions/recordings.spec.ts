import { openai } from 'rx-llm/openai';
import { describeChatCompletionsRecordings } from '../../support/chat-completions-recordings.ts';

describeChatCompletionsRecordings(openai, ['openai', 'openai-compatible']);
