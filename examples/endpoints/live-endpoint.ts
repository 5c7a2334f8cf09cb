import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { fromEvent, map, Observable, switchMap, take } from 'rxjs';
import type { Endpoint } from './endpoint.ts';

/** The real API, or whatever OPENAI_BASE_URL names: the SDK finds its settings in the environment. */
export function liveEndpoint(): Endpoint {
  return {
    description: `Live: requests go to ${host()} with your OPENAI_API_KEY.`,
    connection: {},
    nextClose: socketsInUse().pipe(
      take(1),
      switchMap((socket) => fromEvent(socket, 'close')),
      take(1),
      map(() => performance.now()),
    ),
    closeSeenBy: 'Our end of the socket was closed',
    close: () => undefined,
  };
}

/** Whether there is a key to go live with. */
export const hasKey = (): boolean => Boolean(process.env['OPENAI_API_KEY']?.trim());

/** The host only: a URL may hold a password. */
function host(): string {
  const baseUrl = process.env['OPENAI_BASE_URL']?.trim() || 'https://api.openai.com/v1';
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'OPENAI_BASE_URL, which is not a URL,';
}

/** Where Node's HTTP client tells of a request it sends, and over which socket. */
const requestSent = 'undici:client:sendHeaders';

/** The socket of every request `fetch` sends. */
function socketsInUse(): Observable<Socket> {
  return new Observable((subscriber) => {
    const receive = (message: unknown): void =>
      subscriber.next((message as { readonly socket: Socket }).socket);
    subscribe(requestSent, receive);
    return () => unsubscribe(requestSent, receive);
  });
}
