import { describe, expect, it } from '@jest/globals';
import { SDKError } from '@mistralai/mistralai/models/errors';
import { Chat } from '@mistralai/mistralai/sdk/chat.js';
import { completionChunks } from '../../../providers/mistral/events.ts';
import { withServer } from '../../support/conformance/run.ts';
import { writeEvent } from '../../support/mistral-writer.ts';
import { outcomeOf } from '../../support/outcome.ts';

const read = (body: string) =>
  withServer({ steps: [{ send: body }] }, ({ url }) =>
    outcomeOf(
      completionChunks(
        new Chat({ apiKey: 'k', serverURL: url }),
        { model: 'm', messages: [{ role: 'user', content: 'Hello there' }] },
        {},
      ),
    ),
  );

const done = 'data: [DONE]\n\n';

describe('completionChunks', () => {
  it('should give events as the SDK has them and complete at [DONE]', async () => {
    const event = { id: '1', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: null }] };
    expect(await read(writeEvent(event) + done + writeEvent(event))).toEqual({
      values: [{ id: '1', model: 'm', choices: [{ index: 0, delta: {}, finishReason: null }] }],
      completed: true,
      error: null,
    });
  });

  it.each([
    ['of an unknown type', { type: 'ping', at_once: 1 }],
    ['without id and model', { choices: [] }],
    ['that is no object', 7],
    ['that is null', null],
  ])('should give an event %s, of which the SDK breaks', async (_kind, event) => {
    const { values, completed } = await read(`data: ${JSON.stringify(event)}\n\n${done}`);
    expect({ values, completed }).toEqual({ values: [event], completed: true });
  });

  it('should read whatever line ends and fields the stream has, and a last event that is not closed', async () => {
    const body =
      ': hi\r\nid: 1\r\nretry: 5\r\nevent: x\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:[DONE]';
    expect(await read(body)).toEqual({ values: [{ a: 1 }], completed: true, error: null });
  });

  it.each([
    ['data: {"a":1}\n\n', 'truncated', 1],
    ['data: {"a":1}\n\ndata: {"b', 'truncated', 1],
    ['', 'truncated', 0],
    ['data: {"a"\n\ndata: {}\n\n', 'invalid-response', 0],
  ])('should error for %j with %s', async (body, code, count) => {
    const { values, completed, error } = await read(body);
    expect({ completed, count: values.length }).toEqual({ completed: false, count });
    expect(error).toMatchObject({ code });
  });

  it.each([
    { object: 'error', message: 'on fire', type: 'server_error', code: '3' },
    { detail: 'on fire' },
    { error: { message: 'on fire' } },
    { error: 'on fire' },
  ])('should make the SDK’s error of %j', async (event) => {
    const body = `${writeEvent({ a: 1 })}event: error\n${writeEvent(event)}${done}`;
    const { values, error } = await read(body);
    expect(values).toEqual([{ a: 1 }]);
    expect(error).toBeInstanceOf(SDKError);
    expect(error).toMatchObject({ statusCode: 200, body: JSON.stringify(event) });
  });

  it('should be cold', async () => {
    await withServer({ steps: [{ send: done }] }, async ({ url, requests }) => {
      const chat = new Chat({ serverURL: url });
      const chunks = completionChunks(chat, { model: 'm', messages: [] }, {});
      expect(requests).toHaveLength(0);
      await outcomeOf(chunks);
      await outcomeOf(chunks);
      expect(requests).toHaveLength(2);
    });
  });

  it('should error when a hook of the client answers in the server’s place', async () => {
    const chat = new Chat({ serverURL: 'http://127.0.0.1:1' });
    chat._options.hooks?.registerSDKInitHook({
      sdkInit: (options) => {
        options.client.request = () =>
          Promise.resolve(new Response('', { headers: { 'content-type': 'text/event-stream' } }));
        return options;
      },
    });
    const { error } = await outcomeOf(completionChunks(chat, { model: 'm', messages: [] }, {}));
    expect(error).toMatchObject({ code: 'truncated' });
  });
});
