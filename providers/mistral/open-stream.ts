import type { HTTPClient } from '@mistralai/mistralai';
import type { Chat } from '@mistralai/mistralai/sdk/chat.js';
import { withOptions } from './client.ts';
import type { MistralSdk } from './sdk.ts';
import type { MistralConnection, MistralWire } from './wire.ts';

/** What was sent, and what came back. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/**
 * Opens a stream: the SDK sends the request and judges the answer, and an event stream is kept back from
 * it, to be read here. Rejects with the SDK's own errors.
 *
 * The SDK is given an `HTTPClient` of this one call, whose fetcher has the signal: the signal the SDK
 * itself hands on is lost at the next garbage collection, because it clones the request (Node 20.20, SDK
 * 2.7.0).
 *
 * @param signal closes the connection, before the headers and after them
 */
export async function openStream(
  { HTTPClient }: MistralSdk,
  chat: Chat,
  request: MistralWire['request'],
  { requestOptions, clientOptions }: MistralConnection,
  signal: AbortSignal,
): Promise<Exchange | null> {
  const { httpClient, timeoutMs } = chat._options;
  const deadline = requestOptions?.timeoutMs ?? timeoutMs;
  let exchange = null as Exchange | null;
  const fetcher = async (given: RequestInfo | URL): Promise<Response> => {
    const received = await send(given, httpClient, deadline, signal);
    if (!isEventStream(received.response)) return received.response;
    exchange = received;
    return emptyStream(received.response);
  };
  await withOptions(chat, { httpClient: new HTTPClient({ fetcher }) }).stream(request, {
    retries: clientOptions?.retryConfig ?? { strategy: 'none' },
    ...requestOptions,
    signal,
  });
  return exchange;
}

async function send(
  given: RequestInfo | URL,
  httpClient: HTTPClient | undefined,
  deadline: number | undefined,
  signal: AbortSignal,
): Promise<Exchange> {
  const limited = deadline ? limit(signal, deadline) : { signal, stop: () => undefined };
  // Whoever has this request has its signal, as long as it is not collected: it stays in use until the
  // answer is there, and from then on the body is cancelled by its reader.
  const request = new Request(given, { signal: limited.signal });
  try {
    const response = await (httpClient?.request(request) ??
      fetch(request, { signal: limited.signal }));
    return { request, response };
  } finally {
    limited.stop();
  }
}

/**
 * A signal that also aborts when no answer comes in time, with the error the SDK takes for a timeout. The
 * SDK has no such limit once it is given a signal.
 */
function limit(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`No answer came within ${ms} ms`, 'TimeoutError'));
  }, ms);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

/** The SDK takes nothing but `text/event-stream`; a stream labelled as plain text or not at all is one too. */
const isEventStream = ({ ok, headers }: Response): boolean =>
  ok && !/^(text\/html|application\/json)\b/i.test(headers.get('content-type') ?? '');

/** What the SDK and its hooks are given in place of the stream: the same headers and nothing to read. */
function emptyStream(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/event-stream');
  return new Response('', { headers });
}
