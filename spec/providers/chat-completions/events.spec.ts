import { describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { config } from 'rxjs';
import { StreamError } from 'rx-llm';
import {
  completionChunks,
  type CompletionRequest,
} from '../../../providers/chat-completions/events.ts';
import type {
  ChatCompletionChunk,
  ChatCompletionsWire,
} from '../../../providers/chat-completions/wire.ts';
import { writeEvent } from '../../support/chat-completions-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';

const request: ChatCompletionsWire['request'] = {
  model: 'm-1',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
};

const chunk = (content: string, fields: object = {}): object => ({
  id: 'chatcmpl-7',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...fields,
});

const done = 'data: [DONE]\n\n';

const answerOf = (...events: readonly (object | string)[]): Answer => ({
  headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_7' },
  steps: events.map((event) => ({ send: typeof event === 'string' ? event : writeEvent(event) })),
});

const refusal = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  steps: [{ send: JSON.stringify({ error: { message: 'no' } }) }],
});

const clientOf = ({ url }: LoopbackServer): OpenAI =>
  new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1` });

type Varied = Partial<
  Pick<CompletionRequest<ChatCompletionChunk>, 'endOfBodyIsEnd' | 'errorIn' | 'sdkError'>
> & { readonly requestOptions?: object };

const chunksFrom = (server: LoopbackServer, { requestOptions = {}, ...varied }: Varied = {}) =>
  completionChunks({
    provider: 'acme',
    client: clientOf(server),
    request,
    requestOptions: Object.freeze({ maxRetries: 0, ...requestOptions }),
    sdkError: (error, headers) => new OpenAI.APIError(undefined, error, undefined, headers),
    ...varied,
  });

const outcomeFrom = (answer: Answer, varied?: Varied) =>
  withServer(answer, (server) => outcomeOf(chunksFrom(server, varied)));

describe('completionChunks', () => {
  it('should give the chunks as the server sent them, and complete at [DONE]', async () => {
    const chunks = [chunk('Hel', { unknown: { deep: [1] } }), chunk('lo'), { choices: [] }];
    const { values, completed } = await outcomeFrom(answerOf(...chunks, done));
    expect(values).toEqual(chunks);
    expect(completed).toBe(true);
  });

  it('should give events that it does not know', async () => {
    const { values } = await outcomeFrom(answerOf('data: null\n\n', 'data: "ping"\n\n', done));
    expect(values).toEqual([null, 'ping']);
  });

  it('should send the request as it was given, through the client', () =>
    withServer(answerOf(done), async (server) => {
      await outcomeOf(chunksFrom(server));
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-test' },
        body: request,
      });
    }));

  it('should send nothing before it is subscribed to, and once per subscription', () =>
    withServer(answerOf(done), async (server) => {
      const chunks = chunksFrom(server);
      await settled();
      expect(server.requests).toHaveLength(0);
      await Promise.all([outcomeOf(chunks), outcomeOf(chunks)]);
      expect(server.requests).toHaveLength(2);
    }));

  describe('tells the end of the body from the end of the answer: it', () => {
    it('should error as truncated when the body ends without [DONE]', async () => {
      const { values, error } = await outcomeFrom(answerOf(chunk('Hel')));
      expect(values).toHaveLength(1);
      expect(error).toMatchObject({ code: 'truncated', provider: 'acme' });
    });

    it('should take it for the end where the service says nothing better', async () => {
      const answer = answerOf(chunk('Hel'), chunk('lo'));
      const { values, completed } = await outcomeFrom(answer, { endOfBodyIsEnd: true });
      expect(values).toHaveLength(2);
      expect(completed).toBe(true);
    });

    it.each([
      ['in the middle of an event', answerOf(chunk('Hel'), 'data: {"id": "chat')],
      ['with the connection', { steps: [{ send: writeEvent(chunk('Hel')) }, { cut: 'reset' }] }],
    ] as const)('should even then not take a cut %s for the end', async (_name, answer) => {
      const { values, completed } = await outcomeFrom(answer, { endOfBodyIsEnd: true });
      expect(values.length).toBeLessThanOrEqual(1);
      expect(completed).toBe(false);
    });

    it('should even then tell an error inside the stream', async () => {
      const answer = answerOf({ error: { message: 'it broke' } });
      const { error } = await outcomeFrom(answer, { endOfBodyIsEnd: true });
      expect(error).toMatchObject({ message: 'it broke' });
    });

    it('should even then not take a web page for an answer', async () => {
      const page = { headers: { 'content-type': 'text/html' }, steps: [{ send: '<h1>Hi</h1>' }] };
      const { error } = await outcomeFrom(page, { endOfBodyIsEnd: true });
      expect(error).toMatchObject({ code: 'invalid-response' });
    });
  });

  describe('tells errors inside the stream: it', () => {
    const failure = { message: 'it broke', type: 'server_error', code: 'E7' };

    it('should emit the choices beside an error first', async () => {
      const last = chunk('lo', { error: failure });
      const { values, error } = await outcomeFrom(
        answerOf(chunk('Hel'), last, chunk('late'), done),
      );
      expect(values).toEqual([chunk('Hel'), last]);
      expect(error).toBeInstanceOf(OpenAI.APIError);
    });

    it('should not emit an error that stands alone', async () => {
      const { values, error } = await outcomeFrom(
        answerOf({ error: failure }, chunk('late'), done),
      );
      expect(values).toEqual([]);
      expect(error).toMatchObject({
        message: 'it broke',
        code: 'E7',
        type: 'server_error',
        requestID: 'req_7',
      });
    });

    it('should tell an error under an event name of its own', async () => {
      const { error } = await outcomeFrom(
        answerOf(`event: error\n${writeEvent({ error: failure })}`),
      );
      expect(error).toMatchObject({ message: 'it broke' });
    });

    it.each([
      ['a text', 'it broke', 'it broke'],
      ['a number', 7, '7'],
      ['an object without a message', { detail: 'it broke' }, '{"detail":"it broke"}'],
    ])('should tell an error that is %s', async (_name, told, message) => {
      const { values, error } = await outcomeFrom(answerOf({ code: 'x', error: told }));
      expect(values).toEqual([]);
      expect(error).toBeInstanceOf(OpenAI.APIError);
      expect(error).toMatchObject({ message, requestID: 'req_7' });
    });

    it.each([null, '', false])('should not take an error of %j for one', async (told) => {
      const event = chunk('Hi', { error: told });
      const { values, completed } = await outcomeFrom(answerOf(event, done));
      expect(values).toEqual([event]);
      expect(completed).toBe(true);
    });

    it('should tell an error that came as a document under status 200', async () => {
      const { values, error } = await outcomeFrom({
        headers: { 'content-type': 'application/json', 'x-request-id': 'req_7' },
        steps: [{ send: JSON.stringify({ code: 'invalid-argument', error: 'Bad key' }) }],
      });
      expect(values).toEqual([]);
      expect(error).toMatchObject({ message: 'Bad key', requestID: 'req_7' });
    });

    it('should find it where the service says that it is', async () => {
      const errorIn = (event: unknown): unknown => (event as { fault?: unknown }).fault;
      const answer = answerOf(chunk('Hi', { error: 'not here' }), { fault: 'it broke' });
      const { values, error } = await outcomeFrom(answer, { errorIn });
      expect(values).toHaveLength(1);
      expect(error).toMatchObject({ message: 'it broke' });
    });

    // Such as a client whose class is not the SDK's: service.ts takes the error's class from it.
    it('should tell it even where the SDK’s own error cannot be made of it', async () => {
      const { onUnhandledError } = config;
      config.onUnhandledError = () => undefined;
      try {
        const sdkError = (): never => {
          throw new TypeError('APIError is not a constructor');
        };
        const { error } = await outcomeFrom(answerOf({ error: failure }, done), { sdkError });
        await settled();
        expect(error).not.toBeNull();
      } finally {
        config.onUnhandledError = onUnhandledError;
      }
    });

    it('should close the connection', () =>
      withServer(
        { steps: [{ send: writeEvent({ error: failure }) }, { stall: true }] },
        async (server) => {
          await outcomeOf(chunksFrom(server));
          await (
            await server.request()
          ).closed;
          expect(server.requests).toHaveLength(1);
        },
      ));
  });

  describe('errors with the SDK’s own errors: it', () => {
    it.each([
      [400, OpenAI.BadRequestError],
      [401, OpenAI.AuthenticationError],
      [404, OpenAI.NotFoundError],
      [429, OpenAI.RateLimitError],
      [500, OpenAI.InternalServerError],
    ])('should tell %i by its class', async (status, sdkError) => {
      const { error } = await outcomeFrom(refusal(status, { 'x-request-id': 'req_7' }));
      expect(error).toBeInstanceOf(sdkError);
      expect(error).toMatchObject({ status, requestID: 'req_7' });
    });

    it('should not wrap them', async () => {
      const { error } = await outcomeFrom(refusal(500));
      expect(error).not.toBeInstanceOf(StreamError);
    });
  });

  describe('passes the request’s options on: it', () => {
    it('should send headers and query', () =>
      withServer(answerOf(done), async (server) => {
        const requestOptions = { headers: { 'x-team': 'a' }, query: { tier: 'b' } };
        await outcomeOf(chunksFrom(server, { requestOptions }));
        const [received] = server.requests;
        expect(received?.headers).toMatchObject({ 'x-team': 'a', authorization: 'Bearer sk-test' });
        expect(received?.path).toBe('/v1/chat/completions?tier=b');
      }));

    it('should tell the client how long to wait for the headers', () =>
      withServer(answerOf(done), async (server) => {
        await outcomeOf(chunksFrom(server, { requestOptions: { timeout: 7000 } }));
        expect(server.requests[0]?.headers).toMatchObject({ 'x-stainless-timeout': '7' });
      }));

    it('should retry as often as it is told, and no more', () =>
      withServer(refusal(500, { 'retry-after-ms': '1' }), async (server) => {
        const { error } = await outcomeOf(
          chunksFrom(server, { requestOptions: { maxRetries: 2 } }),
        );
        expect(error).toBeInstanceOf(OpenAI.InternalServerError);
        expect(server.requests).toHaveLength(3);
      }));

    it('should keep its own signal: unsubscribing closes the connection before the headers', () =>
      withServer({ beforeHeaders: [{ stall: true }], steps: [] }, async (server) => {
        const { signal } = new AbortController();
        const subscription = chunksFrom(server, {
          requestOptions: { signal },
        }).subscribe();
        const received = await server.request();
        subscription.unsubscribe();
        await received.closed;
        expect(received.isClosed()).toBe(true);
      }));
  });
});
