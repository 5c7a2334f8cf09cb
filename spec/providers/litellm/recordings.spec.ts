import { litellm } from 'rx-llm/litellm';
import { describeChatCompletionsRecordings } from '../../support/chat-completions-recordings.ts';

describeChatCompletionsRecordings(litellm, ['litellm']);
