import { SDKError } from '@mistralai/mistralai/models/errors';
import { mistral, type MistralWire } from 'rx-llm/mistral';
import { describeProvider } from '../../support/describe-provider.ts';
import { writeEvent, writeMistral } from '../../support/mistral-writer.ts';

const key = 'mistral-test-0123456789abcdef';

/** A body as the API writes it for most of its refusals. */
const errorBody = (message: string, status: number) => ({
  object: 'error',
  message,
  type: 'some_error',
  param: null,
  code: '1500',
  raw_status_code: status,
});

describeProvider<MistralWire>({
  name: 'mistral',
  key,
  caller: mistral,
  connection: (url) => ({ clientOptions: { apiKey: key, serverURL: url } }),
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  write: writeMistral,
  terminator: 'data: [DONE]\n\n',
  keepAlive: ': keep-alive\n\n',
  garbage: 'data: {"a":\n\n',
  writeError: (message) => writeEvent(errorBody(message, 500)),
  refuse: (status, message) => ({
    status,
    headers: { 'content-type': 'application/json' },
    steps: [{ send: JSON.stringify(errorBody(message, status)) }],
  }),
  sdkError: SDKError,
  promptIn: (body) => {
    const [message] = (body as { messages: { content: string | { text: string }[] }[] }).messages;
    const { content } = message!;
    return typeof content === 'string' ? content : content[0]!.text;
  },
  skip: {
    'should keep a refusal apart from the text':
      'Mistral has no refusals of their own: they are texts',
  },
});
