import { once } from 'node:events';
import { constants, createServer, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Observable } from 'rxjs';
import { tool, type StreamError, type StreamTuple } from 'rx-llm';
import { bedrock, type BedrockWire } from 'rx-llm/bedrock';
import {
  writeConverse,
  writeException,
  writeFrame,
  writeMessage,
} from '../../support/bedrock-writer.ts';
import type { Act } from '../../support/conformance/fixture.ts';
import { loopbackServer, type Answer, type Step } from '../../support/loopback-server.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';

const add = tool({ name: 'add', parameters: { type: 'object' } });

const streamFrom = (
  endpoint: string,
  clientOptions: object = {},
  usageWait = 1000,
): Observable<StreamTuple<BedrockWire>> =>
  bedrock.call(
    {
      model: 'nova',
      tools: [add],
      usageWait,
      clientOptions: {
        region: 'us-east-1',
        endpoint,
        credentials: { accessKeyId: 'AKIDTEST0123456789', secretAccessKey: 'test-secret' },
        ...clientOptions,
      },
    },
    () => 'Hello there',
  )();

const acts: readonly Act[] = [
  { text: 'Hel' },
  { text: 'lo' },
  { finish: 'stop' },
  { usage: { input: 9, output: 4 } },
];
const written = writeConverse(acts);
const bytesOf = (count: number): Uint8Array =>
  Buffer.concat(written.slice(0, count).map(({ bytes }) => bytes));
const textOf = (tuples: readonly StreamTuple<BedrockWire>[]): string =>
  tuples.map(([chunk]) => chunk.content).join('');
/** How many events it takes until the end shows. */
const untilEnd = written.findIndex(({ evidence }) => evidence) + 1;

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await settled();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe('converseEvents over HTTP/1.1', () => {
  const headers = { 'content-type': 'application/vnd.amazon.eventstream' };

  const outcome = async (answer: Answer, usageWait?: number) => {
    const server = await loopbackServer(answer);
    const requestHandler = new NodeHttpHandler();
    const ended = await outcomeOf(streamFrom(server.url, { requestHandler }, usageWait));
    await server.close();
    return { ...ended, error: ended.error as StreamError | null, text: textOf(ended.values) };
  };
  const outcomeOfBody = (steps: readonly Step[], usageWait?: number) =>
    outcome({ headers, steps }, usageWait);

  it('should send to ConverseStream, signed', async () => {
    const server = await loopbackServer({ headers, steps: [{ send: bytesOf(written.length) }] });
    await outcomeOf(streamFrom(server.url, { requestHandler: new NodeHttpHandler() }));
    await server.close();
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/model/nova/converse-stream' });
    expect(request?.headers.authorization).toContain('Credential=AKIDTEST0123456789/');
  });

  describe('reports exceptions of the service: it', () => {
    const exceptions = [
      ['throttlingException', 'ThrottlingException', 'rate-limit'],
      ['modelStreamErrorException', 'ModelStreamErrorException', 'server'],
      ['internalServerException', 'InternalServerException', 'server'],
      ['serviceUnavailableException', 'ServiceUnavailableException', 'overloaded'],
      ['validationException', 'ValidationException', 'invalid-request'],
    ] as const;

    it.each(exceptions)('should error with %s inside the stream', async (type, name, code) => {
      const send = Buffer.concat([bytesOf(2), writeException(type, { message: 'no' })]);
      const { error, text } = await outcomeOfBody([{ send }]);
      expect(text).toBe('Hel');
      expect(error).toMatchObject({ code, providerCode: name, detail: 'no', status: null });
      expect(error?.cause).toMatchObject({ name });
      expect(error?.partial?.content).toBe('Hel');
    });

    it.each(exceptions)('should error with %s as the first event', async (type, name, code) => {
      const send = writeException(type, { message: 'no' });
      const { error } = await outcomeOfBody([{ send }]);
      expect(error).toMatchObject({
        code,
        providerCode: name,
        detail: 'no',
        status: null,
        partial: null,
      });
    });

    it('should error with one the SDK does not know', async () => {
      const unknown = writeException('modelTimeoutException', { message: 'too slow' });
      const { error } = await outcomeOfBody([{ send: Buffer.concat([bytesOf(2), unknown]) }]);
      expect(error).toMatchObject({ code: 'timeout', providerCode: 'modelTimeoutException' });
    });

    it('should error with one that has no model', async () => {
      const unmodelled = writeMessage(
        { ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'no' },
        {},
      );
      const { error, text } = await outcomeOfBody([
        { send: Buffer.concat([bytesOf(2), unmodelled]) },
      ]);
      expect(text).toBe('Hel');
      expect(error?.cause).toMatchObject({ name: 'InternalFailure', message: 'no' });
    });
  });

  it('should keep the request id of a refusal', async () => {
    const { error } = await outcome({
      status: 400,
      headers: {
        'content-type': 'application/json',
        'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/',
        'x-amzn-requestid': 'request-1',
      },
      steps: [{ send: '{"message":"The provided model identifier is invalid."}' }],
    });
    expect(error).toMatchObject({
      code: 'invalid-request',
      providerCode: 'ValidationException',
      requestId: 'request-1',
    });
  });

  it('should tell a gateway’s web page by its status', async () => {
    const { error } = await outcome({
      status: 502,
      headers: { 'content-type': 'text/html' },
      steps: [{ send: '<html>Bad gateway</html>' }],
    });
    expect(error).toMatchObject({ code: 'server', status: 502, retryable: true });
  });

  it('should ignore events the SDK does not know', async () => {
    const unknown = writeFrame('somethingNew', { a: 1 });
    const send = Buffer.concat([
      bytesOf(2),
      unknown,
      bytesOf(written.length).subarray(bytesOf(2).length),
    ]);
    const { completed, values } = await outcomeOfBody([{ send }]);
    expect(completed).toBe(true);
    expect(values).toHaveLength(written.length);
  });

  it('should not take usage before messageStop for the end', async () => {
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    const send = Buffer.concat([bytesOf(2), writeFrame('metadata', { usage })]);
    const { completed, error } = await outcomeOfBody([{ send }]);
    expect(completed).toBe(false);
    expect(error).toMatchObject({ code: 'truncated' });
  });

  it('should ignore what follows the end', async () => {
    const send = Buffer.concat([bytesOf(written.length), written[1]!.bytes]);
    const { completed, text } = await outcomeOfBody([{ send }, { stall: true }], 60_000);
    expect({ completed, text }).toEqual({ completed: true, text: 'Hello' });
  });

  describe('delivers a tool call at the stop of its block: it', () => {
    const call = { index: 0, id: 'call_1', name: 'add', arguments: '{"a":1}' };
    const events = writeConverse([{ call }]).map(({ bytes }) => bytes);
    const calledBy = async (bytes: readonly Uint8Array[]) => {
      const { values, error } = await outcomeOfBody([{ send: Buffer.concat(bytes) }]);
      expect(error).toMatchObject({ code: 'truncated' });
      return {
        called: values.flatMap(([, called]) => (called ? [called.args] : [])),
        partial: error?.partial,
      };
    };

    it('should not deliver it before, though its JSON happens to be complete', async () => {
      const { called, partial } = await calledBy(events.slice(0, -1));
      expect(called).toEqual([]);
      expect(partial?.tools).toMatchObject([{ name: 'add', args: null }]);
      expect(JSON.stringify(partial?.messageParam)).not.toContain('call_1');
    });

    it('should deliver it there, though the stream is cut before its end shows', async () => {
      const { called, partial } = await calledBy(events);
      expect(called).toEqual([{ a: 1 }]);
      expect(JSON.stringify(partial?.messageParam)).toContain('call_1');
    });

    it('should deliver none of a tool the service runs itself', async () => {
      const toolUse = { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' };
      const { called, partial } = await calledBy([
        writeFrame('contentBlockStart', { contentBlockIndex: 0, start: { toolUse } }),
        writeFrame('contentBlockDelta', {
          contentBlockIndex: 0,
          delta: { toolUse: { input: '{"q":"x"}' } },
        }),
        writeFrame('contentBlockStop', { contentBlockIndex: 0 }),
      ]);
      expect(called).toEqual([]);
      expect(partial?.tools).toEqual([]);
      expect(partial?.response).toMatchObject({
        output: { message: { content: [{ toolUse: { ...toolUse, input: { q: 'x' } } }] } },
      });
    });
  });
});

describe('converseEvents over HTTP/2, the SDK’s default', () => {
  const headers = {
    ':status': 200,
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': 'request-1',
  };

  interface Answering {
    readonly stream: ServerHttp2Stream;
    readonly socket: Socket;
  }

  /** Runs something against an HTTP/2 server without TLS that answers so. */
  async function withHttp2Server<T>(
    answer: (answering: Answering) => void,
    run: (url: string, arrived: Promise<Http2Session>) => Promise<T>,
  ): Promise<T> {
    const server = createServer();
    const sockets: Socket[] = [];
    let arrive: (session: Http2Session) => void = () => undefined;
    const arrived = new Promise<Http2Session>((resolve) => (arrive = resolve));
    server.on('connection', (socket: Socket) => sockets.push(socket));
    server.on('session', (session) => session.on('error', () => undefined));
    server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      if (stream.session) arrive(stream.session);
      answer({ stream, socket: sockets.at(-1)! });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    }
  }

  const begin = ({ stream }: Answering, count: number): void => {
    stream.respond(headers);
    if (count > 0) stream.write(bytesOf(count));
  };

  it('should give the answer, and close the connection behind it', () =>
    withHttp2Server(
      (answering) => begin(answering, written.length),
      async (url, arrived) => {
        const { values, completed } = await outcomeOf(streamFrom(url, {}, 60_000));
        expect({ completed, text: textOf(values) }).toEqual({ completed: true, text: 'Hello' });
        const session = await arrived;
        if (!session.destroyed) await once(session, 'close');
      },
    ));

  const losses: readonly (readonly [string, (answering: Answering) => void])[] = [
    ['ends properly', ({ stream }) => stream.end()],
    ['is reset', ({ stream }) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['loses its session', ({ stream }) => stream.session?.destroy()],
    ['loses its socket', ({ socket }) => socket.resetAndDestroy()],
  ];

  describe.each(losses)('when the stream %s', (_name, lose) => {
    // To the SDK each of these is the stream's end.
    it('should error before the end shows, with what had arrived', async () => {
      for (let count = 0; count < untilEnd; count++) {
        const { values, completed, error } = await withHttp2Server(
          (answering) => {
            begin(answering, count);
            setTimeout(() => lose(answering), 20);
          },
          (url) => outcomeOf(streamFrom(url)),
        );
        const text = written
          .slice(0, count)
          .map((event) => event.text)
          .join('');
        expect({ count, completed, text: textOf(values) }).toEqual({
          count,
          completed: false,
          text,
        });
        expect(error).toMatchObject({ code: 'truncated', retryable: true });
        expect((error as StreamError).partial?.content ?? '').toBe(text);
      }
    });

    it('should complete after the end has shown', async () => {
      const { values, completed } = await withHttp2Server(
        (answering) => {
          begin(answering, untilEnd);
          setTimeout(() => lose(answering), 20);
        },
        (url) => outcomeOf(streamFrom(url, {}, 60_000)),
      );
      expect({ completed, text: textOf(values) }).toEqual({ completed: true, text: 'Hello' });
    });
  });

  it('should error when the stream ends inside an event', async () => {
    const { error } = await withHttp2Server(
      (answering) => {
        begin(answering, 2);
        answering.stream.end(written[2]!.bytes.subarray(0, -5));
      },
      (url) => outcomeOf(streamFrom(url)),
    );
    expect(error).toMatchObject({ code: 'truncated', partial: { content: 'Hel' } });
  });

  it('should error when the connection is lost before the headers', async () => {
    for (const [, lose] of losses.slice(1)) {
      const { error } = await withHttp2Server(lose, (url) => outcomeOf(streamFrom(url)));
      expect(error).toMatchObject({ code: 'connection', retryable: true });
    }
  });

  it('should tell an unreachable host as a failed connection', async () => {
    const { error } = await outcomeOf(streamFrom('http://127.0.0.1:1'));
    expect(error).toMatchObject({ code: 'connection', retryable: true });
  });

  describe('closes the connection when it is unsubscribed from: it', () => {
    const phases: readonly (readonly [string, (answering: Answering) => void])[] = [
      ['before the headers', () => undefined],
      ['before the first event', (answering) => begin(answering, 0)],
      ['in a stall', (answering) => begin(answering, 2)],
    ];

    it.each(phases)('should close it %s, also after a garbage collection', (_name, answer) =>
      withHttp2Server(answer, async (url, arrived) => {
        let left = false;
        let after = 0;
        const noteIfLeft = (): void => {
          if (left) after++;
        };
        const subscription = streamFrom(url).subscribe({
          next: noteIfLeft,
          error: noteIfLeft,
          complete: noteIfLeft,
        });
        const session = await arrived;
        await settled();
        globalThis.gc?.();
        await settled();
        expect(session.destroyed).toBe(false);
        left = true;
        const start = performance.now();
        const closed = once(session, 'close');
        subscription.unsubscribe();
        await closed;
        expect(performance.now() - start).toBeLessThan(1000);
        await settled();
        expect(after).toBe(0);
      }),
    );
  });
});
