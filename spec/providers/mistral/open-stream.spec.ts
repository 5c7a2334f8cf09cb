import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HTTPClient, Mistral } from '@mistralai/mistralai';
import {
  RequestTimeoutError,
  SDKError,
  SDKValidationError,
} from '@mistralai/mistralai/models/errors';
import type { StreamError } from 'rx-llm';
import { mistral, type MistralConnection } from 'rx-llm/mistral';
import { textOf } from '../../support/conformance/run.ts';
import { loopbackServer, type Answer, type LoopbackServer } from '../../support/loopback-server.ts';
import { mistralChunkOf, writeEvent } from '../../support/mistral-writer.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';

const text = writeEvent(mistralChunkOf({ text: 'Hi' }));
const whole = `${text}${writeEvent(mistralChunkOf({ finish: 'stop' }))}data: [DONE]\n\n`;

const stalled: Answer = { steps: [{ send: text }, { stall: true }] };
const silent: Answer = { beforeHeaders: [{ stall: true }], steps: [] };
const answered: Answer = { steps: [{ send: whole }] };

let server: LoopbackServer;
let answer: Answer | readonly Answer[];

beforeEach(async () => {
  server = await loopbackServer((_request, position) =>
    'steps' in answer ? answer : answer[position]!,
  );
});
afterEach(() => server.close());

const ask = (connection: MistralConnection) =>
  mistral.call({ model: 'test-model', ...connection }, () => 'Hello there')();

/** Ways to bring a client, each with what its requests are sent through. */
const clients: readonly (readonly [string, () => MistralConnection])[] = [
  ['options', () => ({ clientOptions: { apiKey: 'test', serverURL: server.url } })],
  ['a client', () => ({ client: new Mistral({ apiKey: 'test', serverURL: server.url }) })],
  [
    'a limit to the wait',
    () => ({
      clientOptions: { apiKey: 'test', serverURL: server.url },
      requestOptions: { timeoutMs: 60_000 },
    }),
  ],
  [
    'a client with an HTTPClient of its own',
    () => ({
      client: new Mistral({
        apiKey: 'test',
        serverURL: server.url,
        httpClient: new HTTPClient({ fetcher: (request) => fetch(request) }),
      }),
    }),
  ],
];

async function collectGarbage(): Promise<void> {
  expect(globalThis.gc).toBeDefined();
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.();
    await settled();
  }
}

describe('openStream', () => {
  describe.each(clients)('with %s', (_kind, connection) => {
    const phases: readonly (readonly [string, Answer])[] = [
      ['before the headers', silent],
      ['before the first event', { steps: [{ stall: true }] }],
      ['in the middle of an event', { steps: [{ send: text.slice(0, -9) }, { stall: true }] }],
      ['in a stall', stalled],
    ];
    it.each(phases)('should close the socket %s, also after a garbage collection', async (_, a) => {
      answer = a;
      const subscription = ask(connection()).subscribe();
      const request = await server.request();
      await settled();
      await collectGarbage();
      expect(request.isClosed()).toBe(false);
      subscription.unsubscribe();
      const start = performance.now();
      expect((await request.closed) - start).toBeLessThan(1000);
    });

    it('should give the events', async () => {
      answer = answered;
      const { values, completed } = await outcomeOf(ask(connection()));
      expect({ text: textOf(values), completed }).toEqual({ text: 'Hi', completed: true });
      expect(server.requests[0]).toMatchObject({
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer test', accept: 'text/event-stream' },
        body: { model: 'test-model', stream: true },
      });
    });

    it('should send once, and as often as it is told', async () => {
      const refused: Answer = { status: 500, steps: [{ send: '{}' }] };
      answer = [refused, refused, answered];
      expect((await outcomeOf(ask(connection()))).error).toMatchObject({ code: 'server' });
      expect(server.requests).toHaveLength(1);
      const backoff = { initialInterval: 1, maxInterval: 2, exponent: 1, maxElapsedTime: 1000 };
      const retries = { strategy: 'backoff', backoff, retryConnectionErrors: true } as const;
      const { completed } = await outcomeOf(ask({ ...connection(), requestOptions: { retries } }));
      expect(completed).toBe(true);
      expect(server.requests).toHaveLength(3);
    });

    it('should wait for the headers as long as it is told', async () => {
      answer = silent;
      const { error } = await outcomeOf(
        ask({ ...connection(), requestOptions: { timeoutMs: 300 } }),
      );
      expect(error).toMatchObject({ code: 'timeout', retryable: true });
      expect((error as StreamError).cause).toBeInstanceOf(RequestTimeoutError);
      await server.requests[0]!.closed;
    });

    it('should not take the time of the whole stream for that', async () => {
      answer = {
        steps: [{ send: text }, { wait: 1500 }, { send: whole.slice(text.length) }],
      };
      const { completed } = await outcomeOf(
        ask({ ...connection(), requestOptions: { timeoutMs: 1000 } }),
      );
      expect(completed).toBe(true);
    });
  });

  it('should take its limits and its retries from the options of the client it makes', async () => {
    answer = silent;
    const clientOptions = { apiKey: 'test', serverURL: server.url, timeoutMs: 300 };
    expect((await outcomeOf(ask({ clientOptions }))).error).toMatchObject({ code: 'timeout' });
    answer = [answered, { status: 503, steps: [{ send: '{}' }] }, answered];
    const backoff = { initialInterval: 1, maxInterval: 2, exponent: 1, maxElapsedTime: 1000 };
    const retryConfig = { strategy: 'backoff', backoff } as const;
    const { completed } = await outcomeOf(
      ask({ clientOptions: { apiKey: 'test', serverURL: server.url, retryConfig } }),
    );
    expect({ completed, requests: server.requests.length }).toEqual({
      completed: true,
      requests: 3,
    });
  });

  it('should leave retries of the caller’s client to the caller', async () => {
    answer = { status: 503, steps: [{ send: '{}' }] };
    const backoff = { initialInterval: 1, maxInterval: 2, exponent: 1, maxElapsedTime: 1000 };
    const client = new Mistral({
      serverURL: server.url,
      retryConfig: { strategy: 'backoff', backoff },
    });
    expect((await outcomeOf(ask({ client }))).error).toMatchObject({ code: 'overloaded' });
    expect(server.requests).toHaveLength(1);
  });

  it('should run the hooks of the caller’s client, and give them the headers', async () => {
    answer = { ...answered, headers: { 'x-seen': 'yes' } };
    const seen: unknown[] = [];
    const httpClient = new HTTPClient()
      .addHook('beforeRequest', (request) => request.headers.set('x-mine', 'yes'))
      .addHook('response', ({ headers }) => void seen.push(headers.get('x-seen')));
    const client = new Mistral({ apiKey: 'test', serverURL: server.url, httpClient });
    client._options.hooks?.registerAfterSuccessHook({
      afterSuccess: (_context, response) => {
        seen.push(response.headers.get('x-seen'));
        return response;
      },
    });
    const { values } = await outcomeOf(ask({ client }));
    expect(textOf(values)).toBe('Hi');
    expect(server.requests[0]!.headers).toMatchObject({ 'x-mine': 'yes' });
    expect(seen).toEqual(['yes', 'yes']);
  });

  it('should send the headers of one request, to the server of one request', async () => {
    answer = answered;
    await outcomeOf(
      ask({
        clientOptions: { apiKey: 'test', serverURL: 'http://127.0.0.1:1' },
        requestOptions: { headers: { 'x-mine': 'yes' }, serverURL: server.url },
      }),
    );
    expect(server.requests[0]!.headers).toMatchObject({ 'x-mine': 'yes' });
  });

  it.each(['text/plain', 'application/octet-stream', 'Text/Event-Stream'])(
    'should read a stream that is labelled %s',
    async (contentType) => {
      answer = { ...answered, headers: { 'content-type': contentType } };
      const { values, completed } = await outcomeOf(ask(clients[0]![1]()));
      expect({ text: textOf(values), completed }).toEqual({ text: 'Hi', completed: true });
    },
  );

  it.each([
    ['text/html', '<html>'],
    ['application/json', '{"message":"hello"}'],
  ])('should error for %s under status 200 with the SDK’s error', async (contentType, body) => {
    answer = { headers: { 'content-type': contentType }, steps: [{ send: body }] };
    const { error } = await outcomeOf(ask(clients[0]![1]()));
    expect(error).toMatchObject({
      code: 'invalid-response',
      status: 200,
      detail: `The server answered with ${contentType} instead of an event stream`,
    });
    const { cause } = error as StreamError;
    expect(cause).toBeInstanceOf(SDKError);
    expect(cause).toMatchObject({ body });
  });

  it('should error when the SDK does not take the request, without sending it', async () => {
    answer = answered;
    const call = mistral.call(
      { model: 'm', clientOptions: { serverURL: server.url }, callParams: { n: 1.5 } },
      () => 'Hello there',
    );
    const { error } = await outcomeOf(call());
    expect(error).toMatchObject({ code: 'invalid-request', retryable: false });
    expect((error as StreamError).detail).toMatch(/^Input validation failed .* at n$/);
    expect((error as StreamError).cause).toBeInstanceOf(SDKValidationError);
    expect(server.requests).toHaveLength(0);
  });
});
