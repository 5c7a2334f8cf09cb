import { CohereError } from 'cohere-ai';
import { cohere, type CohereConnection, type CohereWire } from 'rx-llm/cohere';
import type { ProviderFixture } from './conformance/fixture.ts';
import { writeChat, writeEvent } from './cohere-writer.ts';

/** The key of its client. */
export const cohereKey = 'co-test-0123456789abcdef';

/** Cohere for the conformance suite, reached one way or the other. */
export const cohereFixture = (
  connection: (url: string) => CohereConnection,
): ProviderFixture<CohereWire> => ({
  name: 'cohere',
  key: cohereKey,
  caller: cohere,
  connection,
  headers: { 'content-type': 'text/event-stream' },
  write: writeChat,
  terminator: 'data: [DONE]\n\n',
  keepAlive: ': keep-alive\n\n',
  garbage: 'event: content-delta\ndata: {"type":\n\n',
  writeError: (message) =>
    writeEvent({
      type: 'message-end',
      delta: { finish_reason: 'ERROR', usage: {}, error: message },
    }),
  refuse: (status, message) => ({
    status,
    headers: { 'content-type': 'application/json' },
    steps: [{ send: JSON.stringify({ id: 'c167e04b', message }) }],
  }),
  sdkError: CohereError,
  promptIn: (body) => {
    const { messages } = body as { messages: { content: string | { text: string }[] }[] };
    const { content } = messages[0]!;
    return typeof content === 'string' ? content : content[0]!.text;
  },
  skip: {
    'should keep a refusal apart from the text':
      'the wire has no refusals: Cohere refuses in plain text',
    'should deliver no call of a stream that was cut, though its JSON happens to be complete':
      'the case cuts behind tool-call-end, which says that the call is whole; index.spec.ts cuts before it',
  },
});
