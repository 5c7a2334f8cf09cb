import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { catchError, defer, takeWhile, throwError, type Observable } from 'rxjs';
import { iteratedEvents, truncated } from '../../lib/index.ts';
import type { BedrockClient } from './client.ts';
import { expectEventStream } from './expect-event-stream.ts';
import { failureOfReading } from './failure.ts';
import { noteSecrets } from './note-secrets.ts';
import type { BedrockWire } from './wire.ts';

/**
 * The events of a ConverseStream request: a cold Observable.
 *
 * Completes at the `metadata` event that follows `messageStop`: Bedrock has no other terminator, and
 * nothing comes after it. Errors with the SDK's errors, its exceptions for those the service reports
 * inside the stream included; with `truncated` when the stream ends, for over HTTP/2, the SDK's default,
 * every lost connection looks like a proper end; and with `invalid-response` for what cannot be read.
 * Unsubscribing closes the connection.
 */
export function converseEvents(
  provider: string,
  { client, ConverseStreamCommand, secrets }: BedrockClient,
  request: BedrockWire['request'],
): Observable<ConverseStreamOutput> {
  return defer(() => {
    let reading = false;
    let stopped = false;
    const events = iteratedEvents<ConverseStreamOutput>(provider, async (abortSignal) => {
      const command = new ConverseStreamCommand(request);
      noteSecrets(command, secrets);
      expectEventStream(command, client, () => (reading = true));
      const { stream } = await client.send(command, { abortSignal });
      if (stream === undefined) throw truncated(provider);
      return stream;
    });
    return events.pipe(
      catchError((error: unknown) =>
        throwError(() => (reading ? failureOfReading(provider, error) : error)),
      ),
      takeWhile((event) => {
        stopped ||= event.messageStop !== undefined;
        return !stopped || event.metadata === undefined;
      }, true),
    );
  });
}
