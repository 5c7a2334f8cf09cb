import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromEvent, map, switchMap, take, type Observable } from 'rxjs';
import type { Endpoint } from './endpoint.ts';

/** What local servers get as a key. */
export const localKey = 'local-demo';

/** An endpoint that is a server of this process, on loopback. */
export function localEndpoint(server: Server, description: string): Endpoint {
  const { port } = server.address() as AddressInfo;
  const requests = fromEvent(server, 'request') as Observable<[IncomingMessage, unknown]>;
  return {
    description,
    place: `http://127.0.0.1:${port}`,
    nextClose: requests.pipe(
      take(1),
      switchMap(([{ socket }]) => fromEvent(socket, 'close')),
      take(1),
      map(() => performance.now()),
    ),
    closeSeenBy: 'The server saw the socket close',
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Listens on a free port of the loopback interface. */
export async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
