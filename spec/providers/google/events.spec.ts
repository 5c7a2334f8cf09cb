import { GoogleGenAI, ApiError, type GenerateContentResponse } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { take } from 'rxjs';
import type { GoogleRequest } from 'rx-llm/google';
import { contentEvents } from '../../../providers/google/events.ts';
import { describeFailure } from '../../../providers/google/failure.ts';
import { turnOf } from '../../../providers/google/turn.ts';
import { writeError, writeEvent } from '../../support/google-writer.ts';
import { loopbackServer, type Answer, type LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';

const apiKey = 'AIzaSy-test-0123456789abcdef';

const text = (said: string, more: object = {}): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text: said }] }, ...more }],
});

const request: GoogleRequest = {
  model: 'gemini-test',
  contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
  config: { temperature: 0.5 },
};

const withServer = async <T>(
  answer: Answer | ((request: unknown, position: number) => Answer),
  run: (server: LoopbackServer, client: GoogleGenAI) => Promise<T>,
): Promise<T> => {
  const server = await loopbackServer(answer);
  try {
    const httpOptions = { baseUrl: server.url };
    return await run(server, new GoogleGenAI({ apiKey, vertexai: false, httpOptions }));
  } finally {
    await server.close();
  }
};

const whole: Answer = { steps: [{ send: writeEvent(text('Hi', { finishReason: 'STOP' })) }] };

describe('contentEvents', () => {
  it('should send nothing before it is subscribed to', () =>
    withServer(whole, async (server, client) => {
      void contentEvents('google', client, request);
      await settled();
      expect(server.requests).toEqual([]);
    }));

  it('should send the request as the SDK does, with no timeout', () =>
    withServer(whole, async (server, client) => {
      await outcomeOf(contentEvents('google', client, request));
      const [sent] = server.requests;
      expect(sent).toMatchObject({
        method: 'POST',
        // `v1beta` in version 2 of the SDK, `v1` in version 3.
        path: expect.stringMatching(
          /^\/v1(beta)?\/models\/gemini-test:streamGenerateContent\?alt=sse$/,
        ),
        body: { contents: request.contents, generationConfig: { temperature: 0.5 } },
      });
      expect(Object.keys(sent!.body as object).sort()).toEqual(['contents', 'generationConfig']);
      expect(sent!.headers).toMatchObject({ 'x-goog-api-key': apiKey });
      expect(sent!.headers).not.toHaveProperty('x-server-timeout');
    }));

  it('should give the SDK’s own events, and a truncated stream at their end', () =>
    withServer(whole, async (_server, client) => {
      const { values, error } = await outcomeOf(contentEvents('google', client, request));
      expect(values.map((event) => event.text)).toEqual(['Hi']);
      expect(error).toMatchObject({ code: 'truncated' });
    }));

  it('should speak to Vertex AI with a client of Vertex AI', async () => {
    const server = await loopbackServer(whole);
    const httpOptions = { baseUrl: server.url };
    const client = new GoogleGenAI({ apiKey, vertexai: true, httpOptions });
    const { values } = await outcomeOf(contentEvents('google', client, request));
    expect(values.map((event) => event.text)).toEqual(['Hi']);
    expect(server.requests[0]!.path).toBe(
      '/v1beta1/publishers/google/models/gemini-test:streamGenerateContent?alt=sse',
    );
    await server.close();
  });

  it('should note on each event what it says in its turn', () => {
    const call = { candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] } }] };
    const send = writeEvent(call) + writeEvent(call);
    return withServer({ steps: [{ send }] }, async (_server, client) => {
      const events = contentEvents('google', client, request);
      for (const { values } of await Promise.all([outcomeOf(events), outcomeOf(events)])) {
        const indexes = values.map((event) => turnOf(event, 1).toolCalls.map(({ index }) => index));
        expect(indexes).toEqual([[0], [1]]);
      }
    });
  });

  it('should send through the fetch of the request, else of the client', async () => {
    const used: string[] = [];
    const noting =
      (name: string): typeof fetch =>
      (input, init) => {
        used.push(name);
        return fetch(input, init);
      };
    await withServer(whole, async (server) => {
      const httpOptions = { baseUrl: server.url, fetch: noting('client') };
      const client = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
      await outcomeOf(contentEvents('google', client, request));
      const config = { ...request.config, httpOptions: { fetch: noting('request') } };
      await outcomeOf(contentEvents('google', client, { ...request, config }));
    });
    expect(used).toEqual(['client', 'request']);
  });

  it('should leave client and request as they are', () =>
    withServer(whole, async (_server, client) => {
      const config = {
        httpOptions: { headers: { 'x-a': '1' } },
        responseSchema: { $schema: 'x' } as object,
      };
      const before = structuredClone(config);
      await outcomeOf(contentEvents('google', client, { ...request, config }));
      expect(config).toEqual(before);
    }));

  it('should tell the headers of a refusal, and leave the SDK’s error untouched', () => {
    const refusal: Answer = {
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '7', 'x-request-id': 'r7' },
      steps: [{ send: writeError(429, 'RESOURCE_EXHAUSTED', 'slow down') }],
    };
    return withServer(refusal, async (_server, client) => {
      const { error } = await outcomeOf(contentEvents('google', client, request));
      expect(error).toBeInstanceOf(ApiError);
      expect(Object.keys(error as object).sort()).toEqual(['name', 'status']);
      expect(describeFailure(error)).toMatchObject({
        code: 'rate-limit',
        message: 'slow down',
        retryAfter: 7000,
        requestId: 'r7',
      });
    });
  });

  it('should tell the status of a refusal whose body is not what it says', () => {
    const refusal: Answer = {
      status: 502,
      headers: { 'content-type': 'application/json' },
      steps: [{ send: '<html>Bad gateway</html>' }],
    };
    return withServer(refusal, async (_server, client) => {
      const { error } = await outcomeOf(contentEvents('google', client, request));
      expect(describeFailure(error)).toMatchObject({ code: 'server', status: 502 });
    });
  });

  it('should give the error that follows the events, after them', () => {
    const send = writeEvent(text('Hi')) + writeError(499, 'CANCELLED', 'cancelled');
    return withServer({ steps: [{ send }] }, async (_server, client) => {
      const { values, error } = await outcomeOf(contentEvents('google', client, request));
      expect(values).toHaveLength(1);
      expect(error).toBeInstanceOf(ApiError);
      expect(describeFailure(error)).toMatchObject({ message: 'cancelled', status: 499 });
    });
  });

  it('should continue an answer that goes beyond one request, as the SDK does', () =>
    withServer(
      (_request, position) => ({
        steps: [
          {
            send: writeEvent(
              position === 0
                ? text('Hel', { finishReason: 'CONTINUATION', continuationToken: 'more' })
                : text('lo', { finishReason: 'STOP' }),
            ),
          },
        ],
      }),
      async (server, client) => {
        const { values } = await outcomeOf(contentEvents('google', client, request));
        expect(values.map((event: GenerateContentResponse) => event.text)).toEqual(['Hel', 'lo']);
        expect(values.map((event) => turnOf(event, 1).finished)).toEqual([false, true]);
        expect(server.requests.map(({ body }) => body)).toMatchObject([
          {},
          { continuationToken: 'more' },
        ]);
      },
    ));

  it.each([
    ['before the headers', { beforeHeaders: [{ stall: true }], steps: [] }],
    ['before the first event', { steps: [{ stall: true }] }],
    ['between two events', { steps: [{ send: writeEvent(text('Hi')) }, { stall: true }] }],
    ['in the middle of an event', { steps: [{ send: 'data: {"candi' }, { stall: true }] }],
  ] satisfies readonly (readonly [string, Answer])[])(
    'should close the connection when it is unsubscribed from %s, after garbage collections too',
    (_phase, answer) =>
      withServer(answer, async (server, client) => {
        const subscription = contentEvents('google', client, request).subscribe();
        const { closed } = await server.request();
        for (let round = 0; round < 3; round++) {
          await settled();
          expect(globalThis.gc).toBeDefined();
          globalThis.gc?.();
        }
        const start = performance.now();
        subscription.unsubscribe();
        expect((await closed) - start).toBeLessThan(1000);
      }),
  );

  it('should close the connection when take has enough', () => {
    const answer: Answer = { steps: [{ send: writeEvent(text('Hi')) }, { stall: true }] };
    return withServer(answer, async (server, client) => {
      await outcomeOf(contentEvents('google', client, request).pipe(take(1)));
      await server.requests[0]!.closed;
    });
  });
});
