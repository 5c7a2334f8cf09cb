import Anthropic from '@anthropic-ai/sdk';
import { anthropic, type AnthropicWire } from 'rx-llm/anthropic';
import { writeEvent, writeMessage } from '../../support/anthropic-writer.ts';
import { describeProvider } from '../../support/describe-provider.ts';

const key = 'sk-ant-test-0123456789abcdef';

/** The types the API documents for its statuses. */
const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'overloaded_error',
};

describeProvider<AnthropicWire>({
  name: 'anthropic',
  key,
  caller: anthropic,
  connection: (url) => ({ clientOptions: { apiKey: key, baseURL: url } }),
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  write: writeMessage,
  terminator: '',
  keepAlive: writeEvent({ type: 'ping' }),
  writeError: (message) => writeEvent({ type: 'error', error: { type: 'api_error', message } }),
  garbage: 'event: message_start\ndata: {"a":\n\n',
  refuse: (status, message) => ({
    status,
    headers: { 'content-type': 'application/json', 'request-id': 'req_1' },
    steps: [
      { send: JSON.stringify({ type: 'error', error: { type: errorTypes[status], message } }) },
    ],
  }),
  sdkError: Anthropic.APIError,
  promptIn: (body) => {
    const [message] = (body as Anthropic.MessageCreateParams).messages;
    const content = message?.content;
    return typeof content === 'string' ? content : (content as { text: string }[])[0]!.text;
  },
  skip: {
    'should deliver no call of a stream that was cut, though its JSON happens to be complete':
      'the stop of its block says that a call is whole before the message ends; index.spec.ts cuts it before that',
  },
});
