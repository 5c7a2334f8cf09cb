import { createParser } from 'eventsource-parser';
import { Observable, type Subscriber } from 'rxjs';
import { StreamError, truncated } from './stream-error.ts';

/** How the events of a service begin and end. */
export interface EventProtocol {
  /** Name for errors. */
  readonly provider: string;
  /** The data of the event that ends the stream, `null` where there is none. */
  readonly terminator: string | null;
  /** Whether the end of the body, between two events, is taken for the end. Default `false`. */
  readonly endOfBodyIsEnd?: boolean;
}

/**
 * The JSON events of a server-sent event stream: a cold Observable, read as the bytes arrive and
 * pushed without a promise per event. Comments, keep-alives and the terminator are not events.
 *
 * Subscribing calls `open`. Completes at the terminator, without waiting for the socket to close.
 * Errors with what `open` rejects with, with the network's error when the connection breaks, with
 * `invalid-response` for what is not an event stream or not JSON, and with `truncated` when the body
 * ends: a body's end says nothing. Unsubscribing closes the connection, before the headers as well as
 * between two events of one network read; nothing is emitted afterwards.
 *
 * @param open opens the response; `signal` is this subscription's own
 */
export function jsonEvents<Event>(
  open: (signal: AbortSignal) => Promise<Response>,
  protocol: EventProtocol,
): Observable<Event> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => controller.abort());
    receive(open(controller.signal), protocol, subscriber).catch((error: unknown) => {
      // After an unsubscribe this is the abort's own echo.
      if (!subscriber.closed) subscriber.error(error);
    });
  });
}

async function receive<Event>(
  opening: Promise<Response>,
  protocol: EventProtocol,
  subscriber: Subscriber<Event>,
): Promise<void> {
  const response = await opening;
  const reader = response.body?.getReader();
  // A signal alone does not reach the body in every fetch: the body is cancelled as well.
  subscriber.add(() => void reader?.cancel().catch(() => undefined));
  if (subscriber.closed) return;
  const { provider, endOfBodyIsEnd = false } = protocol;
  if (reader === undefined) throw truncated(provider);
  if (isEventStream(response)) {
    const isWhole = await readEvents(protocol, reader, subscriber);
    if (!endOfBodyIsEnd || !isWhole) throw truncated(provider);
    subscriber.complete();
    return;
  }
  const document = await readText(reader);
  const event = parseErrorDocument(document);
  if (event !== null) subscriber.next(event as Event);
  throw notAnEventStream(provider, response);
}

/** Reads the body to its end or until nobody wants more: whether it ended between two events. */
async function readEvents<Event>(
  { provider, terminator }: EventProtocol,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  subscriber: Subscriber<Event>,
): Promise<boolean> {
  let bodyEnded = false;
  /** Whether the text so far ends inside an event. */
  let isOpen = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      // Some proxies keep a connection alive with events of nothing.
      if (subscriber.closed || data === '') return;
      isOpen = false;
      if (data === terminator) return subscriber.complete();
      const event = parseJson(data);
      if (event !== undefined) return subscriber.next(event as Event);
      // Half an event at the end of the body is a cut; anywhere else it is the server's fault.
      subscriber.error(bodyEnded ? truncated(provider) : notJson(provider));
    },
  });
  const decoder = new TextDecoder();
  const toLines = lineFeeds();
  while (!subscriber.closed) {
    const { done, value } = await reader.read();
    bodyEnded = done;
    const text = toLines(done ? decoder.decode() : decoder.decode(value, { stream: true }));
    if (text !== '') isOpen = !text.endsWith('\n\n');
    // The last event may lack the blank line that closes it, and is as good as any other.
    parser.feed(done ? `${text}\n\n` : text);
    if (done) return !isOpen;
  }
  return false;
}

/** Line ends as line feeds: the parser would wait after a bare carriage return for what follows. */
function lineFeeds(): (text: string) => string {
  let afterReturn = false;
  return (text) => {
    const rest = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterReturn = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}

/** `undefined`, which JSON cannot express, stands for data that is not JSON. */
function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Some servers label an event stream as plain text or not at all; a web page or a JSON document is none. */
function isEventStream(response: Response): boolean {
  const contentType = response.headers.get('content-type') ?? '';
  return !/^(text\/(html|json)|application\/([\w.-]+\+)?json)\b/i.test(contentType);
}

/** An error that came as a JSON document under status 200: told on as the event it would have been. */
function parseErrorDocument(text: string): object | null {
  const document = parseJson(text);
  return typeof document === 'object' && document !== null && 'error' in document ? document : null;
}

async function readText(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

const notAnEventStream = (provider: string, { status, headers }: Response): StreamError =>
  new StreamError(provider, {
    code: 'invalid-response',
    status,
    message: `The server answered with ${headers.get('content-type') ?? 'no content type'} instead of an event stream`,
  });

const notJson = (provider: string): StreamError =>
  new StreamError(provider, {
    code: 'invalid-response',
    message: 'The server sent an event whose data is not JSON',
  });
