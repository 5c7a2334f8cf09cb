import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a scripted answer does next. */
export type Step =
  /** Sends bytes or text. */
  | { readonly send: Uint8Array | string }
  /** Waits, in ms. */
  | { readonly wait: number }
  /** Waits for a promise the test holds. */
  | { readonly until: PromiseLike<unknown> }
  /** Sends nothing more and keeps the socket open until the client leaves. */
  | { readonly stall: true }
  /** Breaks the connection: `reset` with a TCP reset, `close` in the middle of the body. */
  | { readonly cut: 'reset' | 'close' };

/** An answer of the server. The body ends properly after the last step. */
export interface Answer {
  /** Default 200. */
  readonly status?: number;
  /** Default `text/event-stream`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Steps before the headers are sent. */
  readonly beforeHeaders?: readonly Step[];
  readonly steps: readonly Step[];
}

/** A request as the server received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The body, parsed when it is JSON. */
  readonly body: unknown;
  /** Resolves with the time (`performance.now()`, ms) at which the client's socket closed. */
  readonly closed: Promise<number>;
  /** Whether the socket has closed by now. */
  isClosed(): boolean;
}

/** A server on loopback that answers as scripted and remembers what it was asked. */
export interface LoopbackServer {
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  /** The request of that position, once it has arrived. */
  request(position?: number): Promise<ReceivedRequest>;
  close(): Promise<void>;
}

/**
 * Starts a server on a free port of the loopback interface.
 *
 * @param answer the answer to every request, or a function of the request and its position
 */
export async function loopbackServer(
  answer: Answer | ((request: ReceivedRequest, position: number) => Answer),
): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const waiting: (() => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((message, response) => {
    void receive(message).then((request) => {
      requests.push(request);
      for (const wake of waiting.splice(0)) wake();
      const script = typeof answer === 'function' ? answer(request, requests.length - 1) : answer;
      return play(script, response, request);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    request: async (position = 0) => {
      for (;;) {
        const request = requests[position];
        if (request !== undefined) return request;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const { socket } = message;
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    body: parsed(Buffer.concat(pieces).toString()),
    closed: closingOf(socket),
    isClosed: () => socket.destroyed,
  };
}

/** One listener per socket, however many requests it serves. */
const closings = new WeakMap<Socket, Promise<number>>();

function closingOf(socket: Socket): Promise<number> {
  const known = closings.get(socket);
  if (known !== undefined) return known;
  const closing = new Promise<number>((resolve) => {
    socket.once('close', () => resolve(performance.now()));
  });
  closings.set(socket, closing);
  return closing;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function play(
  { status = 200, headers = {}, beforeHeaders = [], steps }: Answer,
  response: ServerResponse,
  request: ReceivedRequest,
): Promise<void> {
  if (!(await playSteps(beforeHeaders, response, request))) return;
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
  if (await playSteps(steps, response, request)) response.end();
}

/** False when the answer is over before its end. */
async function playSteps(
  steps: readonly Step[],
  response: ServerResponse,
  request: ReceivedRequest,
): Promise<boolean> {
  for (const step of steps) {
    if (request.isClosed()) return false;
    if ('send' in step) {
      // Each piece is a network read of its own: the next waits until this one has left.
      await new Promise<void>((resolve) => response.write(step.send, () => setImmediate(resolve)));
    } else if ('wait' in step) {
      await Promise.race([
        new Promise((resolve) => setTimeout(resolve, step.wait)),
        request.closed,
      ]);
    } else if ('until' in step) {
      await Promise.race([step.until, request.closed]);
    } else if ('stall' in step) {
      await request.closed;
      return false;
    } else {
      if (step.cut === 'reset') response.socket?.resetAndDestroy();
      else response.socket?.destroy();
      return false;
    }
  }
  return !request.isClosed();
}
