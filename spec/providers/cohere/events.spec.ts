import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as sdk from 'cohere-ai';
import { config } from 'rxjs';
import { chatEvents } from '../../../providers/cohere/events.ts';
import { ownSender } from '../../../providers/cohere/own-sender.ts';
import type { CohereConnection, CohereWire } from '../../../providers/cohere/wire.ts';
import { writeEvent } from '../../support/cohere-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer, Step } from '../../support/loopback-server.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';

const request: CohereWire['request'] = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

const eventsFrom = ({ url }: LoopbackServer, connection: CohereConnection = {}) =>
  chatEvents(ownSender(sdk, { token: 'key', environment: url }), request, connection);

const outcomeFrom = (answer: Answer) =>
  withServer(answer, (server) => outcomeOf(eventsFrom(server)));

const delta = (text: string) => ({
  type: 'content-delta',
  index: 0,
  delta: { message: { content: { text } } },
});
const end = (fields: object = {}) => ({
  type: 'message-end',
  delta: { finish_reason: 'COMPLETE', ...fields },
});
const done = 'data: [DONE]\n\n';

const answerOf = (...sends: readonly string[]): Answer => ({
  headers: { 'x-debug-trace-id': 'trace_1' },
  steps: sends.map((send) => ({ send })),
});

const textOf = (events: readonly unknown[]) =>
  (events as { delta?: { message?: { content?: { text?: string } } } }[])
    .map((event) => event.delta?.message?.content?.text ?? '')
    .join('');

describe('chatEvents', () => {
  it('should give the events under the SDK’s names and complete at [DONE]', async () => {
    const { values, completed } = await outcomeFrom(
      answerOf(writeEvent(delta('Hi')), writeEvent(end()), done, writeEvent(delta('late'))),
    );
    expect(completed).toBe(true);
    expect(values).toEqual([
      delta('Hi'),
      { type: 'message-end', delta: { finishReason: 'COMPLETE' } },
    ]);
  });

  // The SDK takes any event whose data contains `[DONE]` for the end, and says nothing.
  it('should read [DONE] in a text as text, in whatever pieces it comes', () => {
    const piece = fc.constantFrom(
      '[DONE]',
      'data: [DONE]',
      '\n\ndata: [DONE]\n\n',
      '[',
      'DONE]',
      'é😊',
      'a',
    );
    return fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(900), { maxLength: 12 }),
        async (texts, cuts) => {
          const body = Buffer.from([...texts.map(delta), end()].map(writeEvent).join('') + done);
          const borders = [0, ...new Set(cuts.map((cut) => cut % body.length)), body.length];
          borders.sort((a, b) => a - b);
          const steps: Step[] = borders
            .slice(1)
            .map((border, at) => ({ send: body.subarray(borders[at], border) }))
            .filter(({ send }) => send.length > 0);
          const { values, completed } = await outcomeFrom({ steps });
          expect({ completed, count: values.length }).toEqual({
            completed: true,
            count: texts.length + 1,
          });
          expect(textOf(values)).toBe(texts.join(''));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('should read [DONE] in the arguments of a tool as a part of them', async () => {
    const call = {
      type: 'tool-call-delta',
      index: 0,
      delta: { message: { tool_calls: { function: { arguments: '{"text":"[DONE]"}' } } } },
    };
    const { values } = await outcomeFrom(answerOf(writeEvent(call), writeEvent(end()), done));
    expect(values).toHaveLength(2);
    expect(values[0]).toHaveProperty(
      'delta.message.toolCalls.function.arguments',
      '{"text":"[DONE]"}',
    );
  });

  it.each([
    [
      'data over several lines',
      JSON.stringify(delta('Hi'), null, 2).replaceAll('\n', '\ndata: '),
      '\n',
    ],
    ['lines that end in CR', JSON.stringify(delta('Hi')), '\r'],
    ['lines that end in CRLF', JSON.stringify(delta('Hi')), '\r\n'],
  ])('should read %s, which the SDK may not', async (_title, data, newline) => {
    const body = `event: content-delta\ndata: ${data}\n\n${done}`.replaceAll('\n', newline);
    const { values, completed } = await outcomeFrom(answerOf(body));
    expect({ values, completed }).toEqual({ values: [delta('Hi')], completed: true });
  });

  it('should error with what had arrived given when the body ends without [DONE]', async () => {
    const { values, error } = await outcomeFrom(answerOf(writeEvent(delta('Hi'))));
    expect(values).toHaveLength(1);
    expect(error).toMatchObject({ code: 'truncated' });
  });

  it('should give the end of an answer that failed, then the SDK’s error', async () => {
    const failed = end({ finish_reason: 'ERROR', error: 'no tools', error_type: 'INVALID' });
    const { values, error } = await outcomeFrom(
      answerOf(writeEvent(delta('Hi')), writeEvent(failed), done),
    );
    expect(values).toHaveLength(2);
    expect(error).toBeInstanceOf(sdk.CohereError);
    expect(error).toMatchObject({
      statusCode: undefined,
      body: { finishReason: 'ERROR', error: 'no tools', errorType: 'INVALID' },
    });
    const { rawResponse } = error as sdk.CohereError;
    expect(rawResponse?.headers.get('x-debug-trace-id')).toBe('trace_1');
  });

  it('should error with an error that is no event of the protocol', async () => {
    const { values, error } = await outcomeFrom(
      answerOf(writeEvent(delta('Hi')), 'data: {"id":"1","message":"internal server error"}\n\n'),
    );
    expect(values).toHaveLength(1);
    expect(error).toMatchObject({ body: { id: '1', message: 'internal server error' } });
  });

  it.each([
    ['{"id":"1","message":"no such model"}', { id: '1', message: 'no such model' }],
    ['{broken', '{broken'],
  ])('should error with the document %s under status 200', async (send, body) => {
    const { error } = await outcomeFrom({
      headers: { 'content-type': 'application/json; charset=utf-8' },
      steps: [{ send }],
    });
    expect(error).toBeInstanceOf(sdk.CohereError);
    expect(error).toMatchObject({ statusCode: 200, body });
  });

  it('should close the connection while it reads such a document', () =>
    withServer(
      { headers: { 'content-type': 'application/json' }, steps: [{ send: '{' }, { stall: true }] },
      async (server) => {
        const subscription = eventsFrom(server).subscribe({ error: () => undefined });
        const { closed } = await server.request();
        await settled();
        subscription.unsubscribe();
        await closed;
      },
    ));

  it('should retry only where the caller says so', () => {
    const busy: Answer = {
      status: 503,
      headers: { 'content-type': 'application/json', 'retry-after': '0.001' },
      steps: [{ send: '{"message":"busy"}' }],
    };
    const attempts = (connection: CohereConnection) =>
      withServer(busy, async (server) => {
        const url = server.url;
        const { clientOptions } = connection;
        const sender = ownSender(sdk, { token: 'key', environment: url, ...clientOptions });
        const subscription = chatEvents(sender, request, connection).subscribe({
          error: () => undefined,
        });
        await server.request(0);
        if (clientOptions ?? connection.requestOptions) await server.request(1);
        else await settled();
        subscription.unsubscribe();
        return server.requests.length;
      });
    return Promise.all([
      expect(attempts({})).resolves.toBe(1),
      expect(attempts({ clientOptions: { maxRetries: 1 } })).resolves.toBe(2),
      expect(attempts({ requestOptions: { maxRetries: 1 } })).resolves.toBe(2),
    ]);
  }, 20_000);

  it('should send nothing more when it is left in a back-off of the SDK’s', () => {
    const busy: Answer = {
      status: 503,
      headers: { 'content-type': 'application/json', 'x-ratelimit-reset': '1' },
      steps: [{ send: '{"message":"busy"}' }],
    };
    return withServer(busy, async (server) => {
      const subscription = eventsFrom(server, { requestOptions: { maxRetries: 1 } }).subscribe({
        error: () => undefined,
      });
      await server.request();
      await settled();
      subscription.unsubscribe();
      // The SDK waits about a second before it tries again.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(server.requests).toHaveLength(1);
    });
  }, 10_000);

  it('should close the connection after a garbage collection, before the headers and after', async () => {
    const phases: readonly Answer[] = [
      { beforeHeaders: [{ stall: true }], steps: [] },
      { steps: [{ send: writeEvent(delta('Hi')) }, { stall: true }] },
    ];
    for (const answer of phases) {
      await withServer(answer, async (server) => {
        const subscription = eventsFrom(server).subscribe({ error: () => undefined });
        const { closed } = await server.request();
        await settled();
        globalThis.gc!();
        await settled();
        globalThis.gc!();
        subscription.unsubscribe();
        await closed;
      });
    }
  });

  it('should give nothing more of a network read once it is left', () =>
    withServer(
      answerOf([delta('a'), delta('b'), delta('c')].map(writeEvent).join('') + done),
      async (server) => {
        const received: unknown[] = [];
        await new Promise<void>((resolve) => {
          const subscription = eventsFrom(server).subscribe((event) => {
            received.push(event);
            subscription.unsubscribe();
            resolve();
          });
        });
        await settled();
        expect(textOf(received)).toBe('a');
      },
    ));

  it('should leave errors of its subscriber to rxjs', () =>
    withServer(answerOf(writeEvent(delta('a')), done), async (server) => {
      const thrown = new Error('mine');
      const reported = new Promise((resolve) => {
        config.onUnhandledError = resolve;
      });
      eventsFrom(server).subscribe(() => {
        throw thrown;
      });
      expect(await reported).toBe(thrown);
      config.onUnhandledError = null;
    }));
});
