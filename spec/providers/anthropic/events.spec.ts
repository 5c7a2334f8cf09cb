import { describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import { messageEvents } from '../../../providers/anthropic/events.ts';
import type { AnthropicConnection, AnthropicWire } from '../../../providers/anthropic/wire.ts';
import { writeEvent } from '../../support/anthropic-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const request: AnthropicWire['request'] = {
  model: 'm-1',
  max_tokens: 1,
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
};

const text = (piece: string) => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: piece },
});

const answerOf = (...events: readonly (object | string)[]): Answer => ({
  headers: { 'content-type': 'text/event-stream', 'request-id': 'req_7' },
  steps: events.map((event) => ({ send: typeof event === 'string' ? event : writeEvent(event) })),
});

const clientOf = ({ url }: LoopbackServer): Anthropic =>
  new Anthropic({ apiKey: 'test', baseURL: url });

const outcomeFrom = (answer: Answer) =>
  withServer(answer, (server) => outcomeOf(messageEvents(clientOf(server), request, {})));

describe('messageEvents', () => {
  it('should give the events as the server sent them, pings apart', async () => {
    const events = [text('Hel'), { type: 'of tomorrow', deep: [1] }, text('lo')];
    const { values, error } = await outcomeFrom(
      answerOf({ type: 'ping' }, events[0]!, 'data: {"type": "ping"}\n\n', ...events.slice(1)),
    );
    expect(values).toEqual(events);
    expect(error).toMatchObject({ code: 'truncated' });
  });

  it('should read a stream without event names, which the SDK takes for an empty one', async () => {
    const { values } = await outcomeFrom(answerOf(`data: ${JSON.stringify(text('Hi'))}\n\n`));
    expect(values).toEqual([text('Hi')]);
  });

  it('should give the error of the stream as the SDK’s own', async () => {
    const event = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const { values, error } = await outcomeFrom(answerOf(text('Hi'), event, text('never')));
    expect(values).toEqual([text('Hi')]);
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({
      status: undefined,
      type: 'overloaded_error',
      requestID: 'req_7',
      error: event,
    });
  });

  it('should send what it is given, once', () =>
    withServer({ status: 500, steps: [] }, async (server) => {
      const headers = { 'anthropic-beta': 'fine-grained-tool-streaming-2025-05-14' };
      const connection = { requestOptions: { headers } };
      await outcomeOf(messageEvents(clientOf(server), request, connection));
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        path: '/v1/messages',
        headers: { ...headers, authorization: 'Bearer test' },
        body: request,
      });
    }));

  it.each<[string, AnthropicConnection]>([
    ['its client options', { clientOptions: { maxRetries: 1 } }],
    ['its request options', { requestOptions: { maxRetries: 1 } }],
    [
      'its request options before all',
      {
        clientOptions: { maxRetries: 5 },
        requestOptions: { maxRetries: 1 },
      },
    ],
  ])('should let the SDK retry when the caller says so in %s', (_name, connection) =>
    withServer({ status: 500, headers: { 'retry-after-ms': '1' }, steps: [] }, async (server) => {
      await outcomeOf(messageEvents(clientOf(server), request, connection));
      expect(server.requests).toHaveLength(2);
    }),
  );
});
