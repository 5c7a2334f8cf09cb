import { defer, Observable } from 'rxjs';
import { jsonEvents } from '../../lib/index.ts';
import { failureOf } from './failed-end.ts';
import { withSdkNames } from './sdk-names.ts';
import type { ChatEvent, CohereConnection, CohereSender, CohereWire } from './wire.ts';

/**
 * The events of a chat request: a cold Observable, read from the SDK's response.
 *
 * Completes at `[DONE]`, an event of its own: in a text it is text. Errors with the SDK's errors, with
 * `truncated` when the body ends without `[DONE]`, and when the server reports an error inside the stream:
 * a `message-end` that does is emitted first. Unsubscribing closes the connection.
 */
export function chatEvents(
  sender: CohereSender,
  request: CohereWire['request'],
  { requestOptions, clientOptions }: CohereConnection,
): Observable<ChatEvent> {
  return defer(() => {
    let response: Response;
    const open = async (signal: AbortSignal): Promise<Response> => {
      const maxRetries = clientOptions?.maxRetries ?? 0;
      const options = { maxRetries, ...requestOptions, abortSignal: signal };
      response = await sender.send(request, options);
      if (isJson(response)) throw await documentFailure(sender, response);
      return response;
    };
    const events = jsonEvents<unknown>(open, { provider: 'cohere', terminator: '[DONE]' });
    return new Observable<ChatEvent>((subscriber) =>
      events.subscribe({
        next: (data) => {
          // Of what servers send, the SDK's type is a promise.
          const event = withSdkNames(data) as ChatEvent;
          const failure = failureOf(event);
          if (failure === null || event.type === 'message-end') subscriber.next(event);
          if (failure !== null)
            subscriber.error(sender.failure({ ...failure, rawResponse: response }));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}

const isJson = ({ headers }: Response): boolean =>
  /^application\/json\b/i.test(headers.get('content-type') ?? '');

/** A JSON document under a status of success, where a stream was asked for: the server's words if it has some. */
async function documentFailure(sender: CohereSender, rawResponse: Response): Promise<Error> {
  const text = await rawResponse.text();
  return sender.failure({ statusCode: rawResponse.status, body: parsed(text), rawResponse });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
