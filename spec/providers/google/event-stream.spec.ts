import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StreamError } from 'rx-llm';
import { eventStream } from '../../../providers/google/event-stream.ts';

const encoder = new TextEncoder();

interface Read {
  readonly pieces: readonly string[];
  readonly error: unknown;
}

/** Reads a body that the network brings in these pieces. */
async function read(
  pieces: readonly (string | Uint8Array)[],
  contentType = 'text/event-stream',
): Promise<Read> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      }
      controller.close();
    },
  });
  const response = new Response(body, { headers: { 'content-type': contentType } });
  const reader = eventStream('google', response).body!.getReader();
  const decoder = new TextDecoder();
  const read: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { pieces: read, error: null };
      read.push(decoder.decode(value));
    }
  } catch (error) {
    return { pieces: read, error };
  }
}

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const error = { code: 499, message: 'cancelled', status: 'CANCELLED' };

describe('eventStream', () => {
  it('should give one event per piece', async () => {
    expect(await read([event(1) + event(2), event(3)])).toEqual({
      pieces: [event(1), event(2), event(3)],
      error: null,
    });
  });

  it('should keep status and headers', () => {
    const { status, headers } = eventStream(
      'google',
      new Response('', { status: 206, headers: { 'x-a': '1' } }),
    );
    expect([status, headers.get('x-a')]).toEqual([206, '1']);
  });

  it('should leave a response without a body alone', () => {
    const response = new Response(null, { status: 204 });
    expect(eventStream('google', response)).toBe(response);
  });

  it.each([
    ['LF', 'data: 1\n\ndata: 2\n\n'],
    ['CRLF', 'data: 1\r\n\r\ndata: 2\r\n\r\n'],
    ['CR', 'data: 1\r\rdata: 2\r\r'],
    ['no blank after the colon', 'data:1\n\ndata:2\n\n'],
    ['several lines', 'data: \r\ndata: 1\r\n\r\ndata: 2\ndata:\n\n'],
    ['other fields', 'event: message\nid: 7\ndata: 1\nretry: 3\n\n: ping\n\ndata: 2\n\n'],
    ['a byte order mark', '\uFEFFdata: 1\n\ndata: 2\n\n'],
    ['a last event without its blank line', 'data: 1\n\ndata: 2'],
    ['a last event with half of it', 'data: 1\r\n\r\ndata: 2\r\n\r'],
  ])('should read %s, wherever it is cut', async (_name, text) => {
    const bytes = encoder.encode(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { pieces, error } = await read([bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(pieces.map((piece) => Number(piece.slice('data:'.length)))).toEqual([1, 2]);
      expect(error).toBeNull();
    }
  });

  it('should put an error document together that follows the events', async () => {
    const text = `${event({ a: 1 })}${JSON.stringify({ error }, null, 2).replaceAll('\n', '\r\n')}\r\n\r\n`;
    const bytes = encoder.encode(text);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 9 }), async (cuts) => {
        const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = borders
          .slice(1)
          .map((end, position) => bytes.subarray(borders[position], end));
        expect(await read(pieces)).toEqual({
          pieces: [event({ a: 1 }), JSON.stringify({ error })],
          error: null,
        });
      }),
    );
  });

  it.each([
    ['a document under status 200', JSON.stringify({ error }), 'application/json'],
    ['a list of one', JSON.stringify([{ error }]), 'application/json'],
    ['an event', event({ error }), 'text/event-stream'],
    ['an event without its blank line', event({ error }).trim(), 'text/event-stream'],
  ])(
    'should give an error that comes as %s as the SDK knows it',
    async (_name, text, contentType) => {
      expect(await read([text], contentType)).toEqual({
        pieces: [JSON.stringify({ error })],
        error: null,
      });
    },
  );

  it.each([{ message: 'no' }, { message: 'no', code: '500' }, { message: 'no', code: 7 }])(
    'should error with %j, which the SDK takes for an event',
    async (odd) => {
      const { pieces, error } = await read([event(1), event({ error: odd })]);
      expect(pieces).toEqual([event(1)]);
      expect(error).toEqual(new Error(JSON.stringify({ error: odd })));
    },
  );

  it('should not take a text about errors for one', async () => {
    const said = event({
      candidates: [{ content: { parts: [{ text: '{"error":{"code":500}}' }] } }],
    });
    expect(await read([said])).toEqual({ pieces: [said], error: null });
  });

  it.each([
    ['a web page', '<html>\n\n<body>Please log in</body>\n\n</html>', 'text/html; charset=utf-8'],
    ['a web page in one line', '<html></html>', 'text/html'],
    ['a JSON document', '{"message":"hello"}', 'application/json'],
    ['a page that says it is a stream', '<html>\n\n</html>', 'text/event-stream'],
  ])('should refuse %s', async (_name, text, contentType) => {
    const { pieces, error } = await read([text], contentType);
    expect(pieces).toEqual([]);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'invalid-response', status: 200, provider: 'google' });
  });

  it('should leave half an event to the SDK', async () => {
    expect(await read([event(1), 'data: {"a":'])).toEqual({
      pieces: [event(1), 'data: {"a":'],
      error: null,
    });
  });

  it('should give an empty body as one', async () => {
    expect(await read([])).toEqual({ pieces: [], error: null });
  });

  it('should bring what came before the connection was lost', async () => {
    let pulls = 0;
    const lost = new TypeError('terminated');
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (pulls++ === 0) controller.enqueue(encoder.encode(event(1) + event(2)));
        else controller.error(lost);
      },
    });
    const reader = eventStream('google', new Response(body)).body!.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(event(2));
    await expect(reader.read()).rejects.toBe(lost);
  });

  it('should cancel the body when it is cancelled', async () => {
    let reason: unknown = null;
    const body = new ReadableStream<Uint8Array>({ cancel: (given) => void (reason = given) });
    await eventStream('google', new Response(body)).body!.cancel('enough');
    expect(reason).toBe('enough');
  });
});
