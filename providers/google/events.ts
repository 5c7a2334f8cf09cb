import type { GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { defer, tap, type Observable } from 'rxjs';
import { iteratedEvents } from '../../lib/index.ts';
import { fetchOf } from './client.ts';
import { eventStream } from './event-stream.ts';
import { rememberResponse } from './failure.ts';
import { patientFetch } from './patient-fetch.ts';
import { noteTurn } from './turn.ts';
import type { GoogleRequest } from './wire.ts';

/**
 * The events of a `generateContentStream` request: a cold Observable.
 *
 * Never completes by itself: nothing on this wire marks the end but the connection's, which is
 * `truncated` until the events have shown that the model has finished. Errors with the SDK's errors,
 * those the server reports inside the stream included. Unsubscribing closes the connection.
 */
export function contentEvents(
  provider: string,
  client: GoogleGenAI,
  { config, ...request }: GoogleRequest,
): Observable<GenerateContentResponse> {
  return defer(() => {
    const events = iteratedEvents<GenerateContentResponse>(provider, async (abortSignal) => {
      const { httpOptions } = config;
      const send = httpOptions?.fetch ?? fetchOf(client) ?? patientFetch;
      let refusal = null as Response | null;
      const tapped: typeof fetch = async (input, init) => {
        const response = await send(input, init);
        if (response.ok) return eventStream(provider, response);
        refusal = response;
        return response;
      };
      try {
        return await client.models.generateContentStream({
          ...request,
          config: { ...config, abortSignal, httpOptions: { ...httpOptions, fetch: tapped } },
        });
      } catch (error) {
        if (refusal !== null) rememberResponse(error, refusal);
        throw error;
      }
    });
    return events.pipe(tap(noteTurn(config.candidateCount ?? 1)));
  });
}
