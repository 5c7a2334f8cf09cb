import { ApiError, type Content } from '@google/genai';
import { google, type GoogleWire } from 'rx-llm/google';
import { describeProvider } from '../../support/describe-provider.ts';
import { writeContent, writeError } from '../../support/google-writer.ts';

const key = 'AIzaSy-test-0123456789abcdef';
const objects = 'arguments are objects on this wire, not text: they cannot be broken';

describeProvider<GoogleWire>({
  name: 'google',
  key,
  caller: google,
  connection: (url) => ({
    clientOptions: { apiKey: key, vertexai: false, httpOptions: { baseUrl: url } },
  }),
  headers: { 'content-type': 'text/event-stream' },
  write: writeContent,
  terminator: '',
  keepAlive: ': keep-alive\r\n\r\n',
  garbage: 'data: {"a":\r\n\r\n',
  writeError: (message) => writeError(500, 'INTERNAL', message),
  refuse: (status, message) => ({
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    steps: [{ send: writeError(status, 'SOME_STATUS', message) }],
  }),
  sdkError: ApiError,
  promptIn: (body) => (body as { contents: Content[] }).contents[0]!.parts![0]!.text!,
  skip: {
    'should complete at the terminator though the server keeps the socket open':
      'the wire has no terminator; usageWait bounds the wait',
    'should keep a refusal apart from the text': 'Gemini has no refusals of their own',
    'should show a call with broken JSON and refuse to run it': objects,
    'should error for a call with broken JSON when told to': objects,
    'should show a call that the output limit cut off, and never run it': `${objects}; streamed ones are cut in index.spec.ts`,
    'should deliver no call of a stream that was cut, though its JSON happens to be complete':
      'a call ends with its own part; streamed ones are cut in index.spec.ts',
  },
});
