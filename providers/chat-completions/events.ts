import { Observable, defer } from 'rxjs';
import { jsonEvents } from '../../lib/index.ts';
import type { ChatCompletionChunk, ChatCompletionsWire } from './wire.ts';

/** What this wire needs of a client: `openai`'s, or any other of the same make. */
export interface ChatCompletionsClient {
  readonly chat: {
    readonly completions: {
      create(
        body: ChatCompletionsWire['request'],
        options: { readonly signal: AbortSignal },
      ): { asResponse(): Promise<Response> };
    };
  };
}

/** A request of the wire, and how its service is read. */
export interface CompletionRequest {
  /** Name for errors. */
  readonly provider: string;
  readonly client: ChatCompletionsClient;
  readonly request: ChatCompletionsWire['request'];
  /** The SDK's options for this request. */
  readonly requestOptions: object;
  /** Whether the end of the body is taken for the end of the answer. Default `false`. */
  readonly endOfBodyIsEnd?: boolean;
  /** Makes the SDK's own error of one the server reported inside the stream. */
  reportedError(error: object, headers: Headers | undefined): Error;
}

/**
 * The chunks of a Chat Completions request: a cold Observable.
 *
 * Completes at `[DONE]`. Errors with the SDK's errors, with `truncated` when the body ends without
 * `[DONE]`, and when the server reports an error inside the stream; a chunk that carries an error beside
 * its choices (OpenRouter) is emitted first. Unsubscribing closes the connection.
 */
export function completionChunks({
  provider,
  client,
  request,
  requestOptions,
  endOfBodyIsEnd = false,
  reportedError,
}: CompletionRequest): Observable<ChatCompletionChunk> {
  return defer(() => {
    let headers: Headers | undefined;
    const open = async (signal: AbortSignal): Promise<Response> => {
      const options = { maxRetries: 0, ...requestOptions, signal };
      const response = await client.chat.completions.create(request, options).asResponse();
      headers = response.headers;
      return response;
    };
    const chunks = jsonEvents<ChatCompletionChunk>(open, {
      provider,
      terminator: '[DONE]',
      endOfBodyIsEnd,
    });
    return new Observable<ChatCompletionChunk>((subscriber) =>
      chunks.subscribe({
        next: (chunk) => {
          const error = errorIn(chunk);
          if (error === null || 'choices' in chunk) subscriber.next(chunk);
          if (error !== null) subscriber.error(reportedError(error, headers));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}

function errorIn(chunk: ChatCompletionChunk | null): object | null {
  const error = (chunk as { error?: unknown } | null)?.error;
  if (!error) return null;
  return typeof error === 'object' ? error : { message: String(error) };
}
