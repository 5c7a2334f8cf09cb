import { createServer, type ServerResponse } from 'node:http';
import { concatMap, from, fromEvent, map, of, takeUntil, timer, type Observable } from 'rxjs';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { listening, localEndpoint } from '../endpoints/local-endpoint.ts';
import type { ProviderFacts } from '../providers/demo-provider.ts';
import { forget } from '../providers/environment.ts';
import type { Recording } from './recording.ts';

/**
 * Starts a local server that answers every request with a recording.
 *
 * @param pace pause before each event of the body, in ms; 0 sends the body in one piece
 */
export async function replayEndpoint(
  { settings }: ProviderFacts,
  recording: Recording,
  pace: number,
): Promise<Endpoint> {
  forget(settings);
  const server = createServer((_request, response) => play(recording, pace, response));
  const { name, status, headers } = recording;
  return localEndpoint(
    await listening(server),
    `Replay of ${name} by an embedded local server: status ${status}, ${headers['content-type'] ?? 'no content type'}`,
  );
}

/** How long a replay takes at least, in ms. */
export const replayDuration = ({ body }: Recording, pace: number): number =>
  pace * eventsOf(body).length;

function play({ status, headers, body }: Recording, pace: number, response: ServerResponse): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  paced(body, pace)
    .pipe(takeUntil(fromEvent(response, 'close')))
    .subscribe({
      next: (piece) => response.write(piece),
      complete: () => response.end(),
    });
}

const paced = (body: Buffer, pace: number): Observable<Buffer> =>
  pace === 0
    ? of(body)
    : from(eventsOf(body)).pipe(concatMap((event) => timer(pace).pipe(map(() => event))));

/** The body cut behind each blank line. As Latin-1 every byte is one character, so none changes. */
const eventsOf = (body: Buffer): readonly Buffer[] =>
  body
    .toString('latin1')
    .split(/(?<=\n\r?\n)/)
    .map((event) => Buffer.from(event, 'latin1'));
