import OpenAI from 'openai';
import { openai, type OpenAIWire } from 'rx-llm/openai';
import { writeChatCompletion, writeEvent } from '../../support/chat-completions-writer.ts';
import { describeProvider } from '../../support/describe-provider.ts';

const key = 'sk-test-0123456789abcdef';

describeProvider<OpenAIWire>({
  name: 'openai',
  key,
  call: (url, options, prompt) =>
    openai.call(
      { model: 'test-model', clientOptions: { apiKey: key, baseURL: `${url}/v1` }, ...options },
      prompt,
    ),
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  write: writeChatCompletion,
  terminator: 'data: [DONE]\n\n',
  keepAlive: ': keep-alive\n\n',
  writeError: (message) => writeEvent({ error: { message, type: 'server_error', code: null } }),
  garbage: 'data: {"a":\n\n',
  refuse: (status, message) => ({
    status,
    headers: { 'content-type': 'application/json' },
    steps: [{ send: JSON.stringify({ error: { message, type: 'some_error', code: null } }) }],
  }),
  sdkError: OpenAI.APIError,
  promptIn: (body) => {
    const [message] = (body as OpenAI.ChatCompletionCreateParams).messages;
    const content = message?.content;
    return typeof content === 'string' ? content : (content as { text: string }[])[0]!.text;
  },
  skip: {},
});
