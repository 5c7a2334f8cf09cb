import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { fromEvent, map, Observable, switchMap, take } from 'rxjs';
import type { ProviderFacts } from '../providers/demo-provider.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * The real API, or whatever a base URL in the environment names.
 *
 * @param variables what in the environment makes it live
 */
export function liveEndpoint({ url }: ProviderFacts, variables: readonly string[]): Endpoint {
  return {
    description: `Live: requests go to ${hostOf(url())} with your ${variables.join(' and ')}.`,
    place: null,
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

/** The host only: a URL may hold a password. */
const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host : 'a base URL, which is not a URL,';

/** Where Node's HTTP client tells of a request it sends, and over which socket. */
const requestSent = 'undici:client:sendHeaders';

/** The socket of every request `fetch` sends. The AWS SDK sends without `fetch`. */
function socketsInUse(): Observable<Socket> {
  return new Observable((subscriber) => {
    const receive = (message: unknown): void =>
      subscriber.next((message as { readonly socket: Socket }).socket);
    subscribe(requestSent, receive);
    return () => unsubscribe(requestSent, receive);
  });
}
