import OpenAI from 'openai';
import type { OpenAIWire, Service } from 'rx-llm/openai';
import type { ProviderFixture } from './conformance/fixture.ts';
import { writeChatCompletion, writeEvent } from './chat-completions-writer.ts';

const key = 'sk-test-0123456789abcdef';

/** A service of the Chat Completions wire for the conformance suite. */
export const chatCompletionsFixture = (
  name: string,
  caller: Service,
): ProviderFixture<OpenAIWire> => ({
  name,
  key,
  caller,
  connection: (url) => ({ clientOptions: { apiKey: key, baseURL: `${url}/v1` } }),
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  write: writeChatCompletion,
  terminator: 'data: [DONE]\n\n',
  keepAlive: ': keep-alive\n\n',
  garbage: 'data: {"a":\n\n',
  writeError: (message) => writeEvent({ error: { message, type: 'server_error', code: null } }),
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
