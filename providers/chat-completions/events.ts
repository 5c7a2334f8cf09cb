import { Observable, defer } from 'rxjs';
import { jsonEvents } from '../../lib/index.ts';
import type { ChatCompletionChunk } from './wire.ts';

/** What this wire needs of a client: `openai`'s, or any other of the same make. */
export interface ChatCompletionsClient {
  readonly chat: {
    readonly completions: {
      create(
        body: never,
        options: { readonly signal: AbortSignal },
      ): { asResponse(): Promise<Response> };
    };
  };
}

/** A request of the wire, and how its service is read. */
export interface CompletionRequest<Event> {
  /** Name for errors. */
  readonly provider: string;
  readonly client: ChatCompletionsClient;
  readonly request: object;
  /** The SDK's options for this request, `maxRetries` among them: the SDKs retry twice by default. */
  readonly requestOptions: { readonly maxRetries: number };
  /** Whether the end of the body is taken for the end of the answer. Default `false`. */
  readonly endOfBodyIsEnd?: boolean;
  /** The error an event reports, if it does. Default: its `error`. */
  errorIn?(event: Event): unknown;
  /** Makes the SDK's own error of one the server reported inside the stream. */
  sdkError(error: object, headers: Headers | undefined): Error;
}

/**
 * The chunks of a Chat Completions request: a cold Observable.
 *
 * Completes at `[DONE]`. Errors with the SDK's errors, with `truncated` when the body ends without
 * `[DONE]`, and when the server reports an error inside the stream; a chunk that carries an error beside
 * its choices (OpenRouter) is emitted first. Unsubscribing closes the connection.
 */
export function completionChunks<Event = ChatCompletionChunk>({
  provider,
  client,
  request,
  requestOptions,
  endOfBodyIsEnd = false,
  errorIn = topLevelError,
  sdkError,
}: CompletionRequest<Event>): Observable<Event> {
  return defer(() => {
    let headers: Headers | undefined;
    const open = async (signal: AbortSignal): Promise<Response> => {
      const options = { ...requestOptions, signal };
      const response = await client.chat.completions.create(request as never, options).asResponse();
      headers = response.headers;
      return response;
    };
    const errorOf = (error: object, headers: Headers | undefined): unknown => {
      try {
        return sdkError(error, headers);
      } catch {
        // A client of another make: the fields are what matters.
        return Object.assign(new Error(messageOf(error)), { status: undefined, headers, error });
      }
    };
    const protocol = { provider, terminator: '[DONE]', endOfBodyIsEnd };
    const chunks = jsonEvents<Event>(open, protocol);
    return new Observable<Event>((subscriber) =>
      chunks.subscribe({
        next: (chunk) => {
          const error = errorIn(chunk);
          if (!error || hasChoices(chunk)) subscriber.next(chunk);
          if (error) subscriber.error(errorOf(described(error), headers));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}

const topLevelError = (chunk: unknown): unknown => (chunk as { error?: unknown } | null)?.error;

const hasChoices = (chunk: unknown): boolean =>
  typeof chunk === 'object' && chunk !== null && 'choices' in chunk;

/** Some servers report a mere text. */
const described = (error: unknown): object =>
  typeof error === 'object' && error !== null ? error : { message: String(error) };

const messageOf = (error: { readonly message?: unknown }): string =>
  typeof error.message === 'string' ? error.message : 'The server reported an error';
