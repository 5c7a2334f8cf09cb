import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { take, tap } from 'rxjs';
import { jsonEvents, type EventProtocol } from '../../lib/json-events.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { outcomeOf, settled } from '../support/outcome.ts';

interface Body {
  readonly stream: ReadableStream<Uint8Array>;
  send(...pieces: readonly (string | Uint8Array)[]): void;
  end(): void;
  fail(error: unknown): void;
  /** Whether the reader has left. */
  isCancelled(): boolean;
}

/** A body that a test writes by hand, one read per piece. */
function body(...pieces: readonly (string | Uint8Array)[]): Body {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled = false;
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel: () => void (cancelled = true),
  });
  const send: Body['send'] = (...more) => {
    for (const each of more) {
      controller.enqueue(typeof each === 'string' ? encoder.encode(each) : each);
    }
  };
  send(...pieces);
  return {
    stream,
    send,
    end: () => controller.close(),
    fail: (error) => controller.error(error),
    isCancelled: () => cancelled,
  };
}

function endedBody(...pieces: readonly (string | Uint8Array)[]): Body {
  const ended = body(...pieces);
  ended.end();
  return ended;
}

/** Ends with an event of its own. */
const protocol: EventProtocol = { provider: 'plain', terminator: '[DONE]' };
/** Ends with the body only. */
const endless: EventProtocol = { provider: 'plain', terminator: null };

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8' };

const eventsOf = ({ stream }: Body, headers: Record<string, string> = eventStream) =>
  jsonEvents<unknown>(() => Promise.resolve(new Response(stream, { headers })), protocol);

const write = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`;
const done = 'data: [DONE]\n\n';

describe('jsonEvents', () => {
  it('should give the events of a stream and complete at the terminator', async () => {
    expect(await outcomeOf(eventsOf(body(write({ a: 1 }), write([2]), done)))).toEqual({
      values: [{ a: 1 }, [2]],
      completed: true,
      error: null,
    });
  });

  it('should complete at the terminator though the socket stays open, and close it', async () => {
    const open = body(write(1), done);
    expect((await outcomeOf(eventsOf(open))).completed).toBe(true);
    expect(open.isCancelled()).toBe(true);
  });

  it('should read nothing that follows the terminator in the same read', async () => {
    const { values, completed } = await outcomeOf(eventsOf(body(write(1) + done + write(2) + 'x')));
    expect({ values, completed }).toEqual({ values: [1], completed: true });
  });

  it('should take no text for the terminator that only contains it', async () => {
    const texts = ['[DONE]', ' [DONE] ', 'done [DONE]'];
    const { values } = await outcomeOf(eventsOf(body(...texts.map(write), done)));
    expect(values).toEqual(texts);
  });

  it('should end with the body only, where the protocol has no terminator', async () => {
    const { stream } = endedBody(write(1), write(null));
    const events = jsonEvents(() => Promise.resolve(new Response(stream)), endless);
    expect(await outcomeOf(events)).toMatchObject({
      values: [1, null],
      completed: false,
      error: { code: 'truncated' },
    });
  });

  describe('takes the same events from', () => {
    const forms: readonly (readonly [string, string | readonly (string | Uint8Array)[]])[] = [
      ['lines that end with CRLF', 'data: {"a":\r\ndata: 1}\r\n\r\ndata: [DONE]\r\n\r\n'],
      ['CRLF between two reads', ['data: {"a":1}\r', '\n\r', '\ndata: [DONE]\r\n\r\n']],
      ['lines that end with CR', 'data: {"a":1}\r\rdata: [DONE]\r\r\r'],
      ['a byte order mark', [Uint8Array.of(0xef, 0xbb, 0xbf), `data: {"a":1}\n\n${done}`]],
      [
        'half a byte order mark per read',
        [Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), `data: {"a":1}\n\n${done}`],
      ],
      ['a stream with comments', `: hello\n\n:\ndata: {"a":1}\n: in between\n\n: ping\n\n${done}`],
      ['data over several lines', `data: {\ndata:   "a":\ndata: 1}\n\n${done}`],
      ['data without a blank', `data:{"a":1}\n\ndata:[DONE]\n\n`],
      [
        'events with names, ids and retries',
        `retry: 10\nid: 7\nevent: chunk\ndata: {"a":1}\n\nevent: end\n${done}`,
      ],
      ['events with unknown fields', `x-note: 1\ndata: {"a":1}\nnonsense\n\n${done}`],
      ['blank lines in abundance', `\n\n\n\ndata: {"a":1}\n\n\n\n${done}`],
      ['an event without data', `event: ping\n\ndata: {"a":1}\n\n${done}`],
    ];
    it.each(forms)('%s', async (_, pieces) => {
      const open = body(...(typeof pieces === 'string' ? [pieces] : pieces));
      const { values, completed } = await outcomeOf(eventsOf(open));
      expect({ values, completed }).toEqual({ values: [{ a: 1 }], completed: true });
    });
  });

  it.each(['text/event-stream', 'text/plain', 'application/octet-stream', ''])(
    'should read a stream that is labelled %p',
    async (label) => {
      const headers: Record<string, string> = label === '' ? {} : { 'content-type': label };
      expect((await outcomeOf(eventsOf(body(write(1), done), headers))).values).toEqual([1]);
    },
  );

  it('should read characters that are split between reads', async () => {
    const bytes = new TextEncoder().encode(write('wörld 😊') + done);
    const { values } = await outcomeOf(
      eventsOf(body(...Array.from(bytes, (byte) => Uint8Array.of(byte)))),
    );
    expect(values).toEqual(['wörld 😊']);
  });

  it('should read an event of five megabytes in thousands of reads', async () => {
    const text = 'wörld 😊 '.repeat(500_000);
    const bytes = new TextEncoder().encode(write(text) + done);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, position) =>
      bytes.subarray(position * 1000, (position + 1) * 1000),
    );
    const { values } = await outcomeOf(eventsOf(body(...pieces)));
    expect(values[0] === text).toBe(true);
  });

  it('should give any events of any form in any pieces', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(undefined, 2),
        fc.constantFrom('', ': ping', 'event: chunk'),
        fc.array(fc.nat(), { maxLength: 10 }),
        fc.boolean(),
        async (events, lineEnd, indent, between, cuts, terminated) => {
          const lines = events.flatMap((event) => [
            ...(between === '' ? [] : [between]),
            ...JSON.stringify(event, null, indent)
              .split('\n')
              .map((line) => `data: ${line}`),
            '',
          ]);
          const text = [...lines, ...(terminated ? ['data: [DONE]', ''] : []), ''].join(lineEnd);
          const bytes = new TextEncoder().encode(text);
          const borders = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
            (a, b) => a - b,
          );
          const pieces = borders.map((end, position) =>
            bytes.subarray(borders[position - 1] ?? 0, end),
          );
          const { values, completed, error } = await outcomeOf(eventsOf(endedBody(...pieces)));
          expect(values).toEqual(
            events.map((event) => JSON.parse(JSON.stringify(event)) as unknown),
          );
          expect(completed).toBe(terminated);
          if (!terminated) expect(error).toMatchObject({ code: 'truncated' });
        },
      ),
    ));

  describe('where the end of the body is the end', () => {
    const bodyEnds = (...pieces: readonly (string | Uint8Array)[]) => {
      const { stream } = endedBody(...pieces);
      const open = () => Promise.resolve(new Response(stream, { headers: eventStream }));
      return outcomeOf(jsonEvents(open, { ...endless, endOfBodyIsEnd: true }));
    };

    it('should complete when the body ends between two events', async () => {
      for (const end of ['', 'data: 2', ': ping\n\n']) {
        expect(await bodyEnds(write(1), end)).toMatchObject({ completed: true, error: null });
      }
      expect((await bodyEnds()).completed).toBe(true);
    });

    it('should error when the body ends inside the data of an event', async () => {
      for (const end of ['data', 'data:', 'data: {"a":', 'data: {\n']) {
        expect(await bodyEnds(write(1), end)).toMatchObject({
          values: [1],
          error: { code: 'truncated' },
        });
      }
    });

    it.each(['d', 'dat', 'event: chu', 'event: chunk\n'])(
      'should error when the body ends inside an event, after %j',
      async (end) => {
        expect(await bodyEnds(write(1), end)).toMatchObject({ error: { code: 'truncated' } });
      },
    );
  });

  describe('errors', () => {
    it.each([
      ['nothing', []],
      ['a few events', [write(1)]],
      ['half an event', [write(1), 'data: {"a":']],
      ['half a line', [write(1), 'dat']],
      ['half a terminator', [write(1), 'data: [DO']],
      ['half a character', [write(1), 'data: "', Uint8Array.of(0xf0, 0x9f)]],
      ['keep-alives', [': ping\n\n', ': ping\n\n']],
    ])('when the body ends after %s', async (_, pieces) => {
      const { values, completed, error } = await outcomeOf(eventsOf(endedBody(...pieces)));
      expect({ values, completed }).toEqual({
        values: pieces.includes(write(1)) ? [1] : [],
        completed: false,
      });
      expect(error).toMatchObject({ code: 'truncated', provider: 'plain', retryable: true });
    });

    it('when the body ends, but not before the last event that lacks its blank line', async () => {
      for (const end of ['', '\n']) {
        const { values, error } = await outcomeOf(eventsOf(endedBody(write(1), `data: 2${end}`)));
        expect(values).toEqual([1, 2]);
        expect(error).toMatchObject({ code: 'truncated' });
      }
      const { completed } = await outcomeOf(eventsOf(endedBody(write(1), 'data: [DONE]')));
      expect(completed).toBe(true);
    });

    it('when there is no body', async () => {
      const events = jsonEvents(() => Promise.resolve(new Response(null)), endless);
      expect((await outcomeOf(events)).error).toMatchObject({ code: 'truncated' });
    });

    it('with the network’s own error when the connection breaks', async () => {
      const broken = body(write(1));
      const failure = new TypeError('terminated');
      const outcome = outcomeOf(eventsOf(broken).pipe(tap(() => broken.fail(failure))));
      expect(await outcome).toEqual({ values: [1], completed: false, error: failure });
    });

    it('with what opening rejects with or throws', async () => {
      const failure = new Error('refused');
      const openings = [
        () => Promise.reject(failure),
        () => {
          throw failure;
        },
      ];
      for (const open of openings) {
        expect((await outcomeOf(jsonEvents(open, endless))).error).toBe(failure);
      }
    });

    it.each(['{"a":', 'hello', 'undefined', '{"a":1}{"a":2}', "{'a':1}"])(
      'at data that is not JSON: %s',
      async (data) => {
        const open = body(`${write(1)}data: ${data}\n\n${write(2)}`);
        const { values, error } = await outcomeOf(eventsOf(open));
        expect(values).toEqual([1]);
        expect(error).toBeInstanceOf(StreamError);
        expect(error).toMatchObject({ code: 'invalid-response', retryable: false });
        expect((error as StreamError).message).not.toContain(data);
        expect(open.isCancelled()).toBe(true);
      },
    );

    it.each([
      ['a web page', 'text/html; charset=utf-8', '<html>Please log in</html>'],
      ['a web page in capitals', 'Text/HTML', '<html>Please log in</html>'],
      ['a JSON document', 'application/json', '{"message":"hello"}'],
      ['an empty document', 'application/json', ''],
      ['a broken document', 'application/json', '{"error":'],
      ['a document of null', 'application/json', 'null'],
    ])('at %s, and says what came instead', async (_, label, text) => {
      const { values, error } = await outcomeOf(
        eventsOf(endedBody(text), { 'content-type': label }),
      );
      expect(values).toEqual([]);
      expect(error).toMatchObject({ code: 'invalid-response', status: 200, retryable: false });
      expect((error as StreamError).message).toContain(label);
      expect((error as StreamError).message).not.toContain('log in');
    });

    it('at an error document, after telling the error as an event', async () => {
      const document = { error: { message: 'no such wörld 😊' } };
      const bytes = new TextEncoder().encode(JSON.stringify(document));
      const { values, error } = await outcomeOf(
        eventsOf(endedBody(...Array.from(bytes, (byte) => Uint8Array.of(byte))), {
          'content-type': 'application/json; charset=utf-8',
        }),
      );
      expect(values).toEqual([document]);
      expect(error).toMatchObject({ code: 'invalid-response' });
    });
  });

  describe('is cold and leaves no trace', () => {
    it('opens per subscription, and not before', async () => {
      let opened = 0;
      const events = jsonEvents(() => {
        opened++;
        return Promise.resolve(new Response(write(opened) + done, { headers: eventStream }));
      }, protocol);
      await settled();
      expect(opened).toBe(0);
      expect((await outcomeOf(events)).values).toEqual([1]);
      expect((await outcomeOf(events)).values).toEqual([2]);
    });

    it('emits nothing of the rest of a read after it is unsubscribed from', async () => {
      const open = body(write(1).repeat(50));
      const seen: unknown[] = [];
      const subscription = eventsOf(open).subscribe((event) => {
        seen.push(event);
        subscription.unsubscribe();
      });
      await settled();
      expect(seen).toEqual([1]);
      expect(open.isCancelled()).toBe(true);
    });

    it('cancels the body of a response that stalls', async () => {
      const stalled = body(write(1));
      const said: unknown[] = [];
      const subscription = eventsOf(stalled).subscribe({
        next: (event) => said.push(event),
        error: (error: unknown) => said.push(error),
        complete: () => said.push('end'),
      });
      await settled();
      subscription.unsubscribe();
      expect(stalled.isCancelled()).toBe(true);
      await settled();
      expect(said).toEqual([1]);
    });

    it('aborts the signal of an opening that stalls', () => {
      const signals: AbortSignal[] = [];
      const subscription = jsonEvents((signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      }, endless).subscribe();
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
      subscription.unsubscribe();
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    });

    it('closes a response that comes all the same, and says nothing of it', async () => {
      const late = body(write(1));
      const said: unknown[] = [];
      let respond!: (response: Response) => void;
      const opening = new Promise<Response>((resolve) => (respond = resolve));
      const subscription = jsonEvents(() => opening, endless).subscribe({
        next: (event) => said.push(event),
        error: (error: unknown) => said.push(error),
      });
      subscription.unsubscribe();
      respond(new Response(late.stream));
      await settled();
      expect(late.isCancelled()).toBe(true);
      expect(said).toEqual([]);
    });

    it('says nothing of an opening that fails because of it', async () => {
      const said: unknown[] = [];
      const open = (signal: AbortSignal) =>
        new Promise<Response>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      jsonEvents(open, endless)
        .subscribe({ error: (error: unknown) => said.push(error) })
        .unsubscribe();
      await settled();
      expect(said).toEqual([]);
    });

    it('says nothing of a document that it stops reading', async () => {
      const page = body('{"error":');
      const said: unknown[] = [];
      const subscription = eventsOf(page, { 'content-type': 'application/json' }).subscribe({
        next: (event) => said.push(event),
        error: (error: unknown) => said.push(error),
      });
      await settled();
      subscription.unsubscribe();
      await settled();
      expect(page.isCancelled()).toBe(true);
      expect(said).toEqual([]);
    });

    it('cancels the body when take has enough', async () => {
      const open = body(write(1), write(2), write(3));
      expect((await outcomeOf(eventsOf(open).pipe(take(2)))).values).toEqual([1, 2]);
      expect(open.isCancelled()).toBe(true);
    });
  });

  it('should not take an event with empty data for an event', async () => {
    const { values } = await outcomeOf(eventsOf(body(`data:\n\n${write(1)}${done}`)));
    expect(values).toEqual([1]);
  });

  it('should give an event whose lines end with CR before the next one comes', async () => {
    const seen: unknown[] = [];
    const subscription = eventsOf(body('data: 1\r\r')).subscribe((event) => seen.push(event));
    await settled();
    subscription.unsubscribe();
    expect(seen).toEqual([1]);
  });

  it.each(['application/problem+json', 'application/vnd.api+json', 'text/json'])(
    'should take an error document that is labelled %s for one',
    async (label) => {
      const { error } = await outcomeOf(
        eventsOf(endedBody('{"error":{"message":"no such model"}}'), { 'content-type': label }),
      );
      expect(error).toMatchObject({ code: 'invalid-response' });
    },
  );
});
