import type Anthropic from '@anthropic-ai/sdk';
import { defer, filter, tap, type Observable } from 'rxjs';
import { jsonEvents } from '../../lib/index.ts';
import type { AnthropicConnection, AnthropicWire, MessageEvent } from './wire.ts';

/**
 * The events of a Messages request: a cold Observable, read from the SDK's response by the `type` in
 * the data, so that a stream without `event:` lines (some proxies drop them) is read like any other.
 *
 * Pings are not events. Never completes by itself, for the wire has no terminator: errors with the SDK's
 * errors, with `truncated` when the body ends, and when the server reports an error inside the stream.
 * Unsubscribing closes the connection.
 */
export function messageEvents(
  client: Anthropic,
  request: AnthropicWire['request'],
  { requestOptions, clientOptions }: AnthropicConnection,
): Observable<MessageEvent> {
  return defer(() => {
    let headers: Headers | undefined;
    const open = async (signal: AbortSignal): Promise<Response> => {
      const maxRetries = clientOptions?.maxRetries ?? 0;
      const options = { maxRetries, ...requestOptions, signal };
      const response = await client.messages.create(request, options).asResponse();
      headers = response.headers;
      return response;
    };
    const protocol = { provider: 'anthropic', terminator: null };
    return jsonEvents<MessageEvent | PingEvent | ErrorEvent | null>(open, protocol).pipe(
      tap((event) => {
        if (isErrorEvent(event)) throw sdkError(client, event, headers);
      }),
      filter((event): event is MessageEvent => event?.type !== 'ping'),
    );
  });
}

/** Sent now and then to keep the connection alive; the SDK's types leave it out. */
interface PingEvent {
  readonly type: 'ping';
}

/** The last event of a stream that failed; the SDK's types leave it out. */
interface ErrorEvent {
  readonly type: 'error';
  readonly error: { readonly type?: string; readonly message?: string };
}

const isErrorEvent = (event: object | null): event is ErrorEvent =>
  event !== null && 'error' in event && Boolean(event.error);

/** The error the SDK itself makes of such an event: the caller's client knows its own SDK's classes. */
function sdkError(client: Anthropic, event: ErrorEvent, headers: Headers | undefined): Error {
  const { APIError } = client.constructor as typeof Anthropic;
  return new APIError(undefined, event, undefined, headers);
}
