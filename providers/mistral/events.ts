import type { Chat } from '@mistralai/mistralai/sdk/chat.js';
import { defer, map, switchMap, type Observable } from 'rxjs';
import { jsonEvents, truncated } from '../../lib/index.ts';
import { completionChunkOf } from './completion-chunk.ts';
import { errorReportIn } from './error-report.ts';
import { openStream, type Exchange } from './open-stream.ts';
import { importSdk } from './sdk.ts';
import type { MistralConnection, MistralWire } from './wire.ts';

/**
 * The chunks of a chat completion: a cold Observable, read from the response the SDK opened, each in the
 * shape the SDK gives it.
 *
 * Completes at `[DONE]`. Errors with the SDK's errors, with `truncated` when the body ends without
 * `[DONE]`, and with the SDK's error when the server reports one inside the stream, of which the SDK itself
 * keeps no word. Unsubscribing closes the connection.
 */
export function completionChunks(
  chat: Chat,
  request: MistralWire['request'],
  connection: MistralConnection,
): Observable<MistralWire['event']> {
  return defer(importSdk).pipe(
    switchMap((sdk) => {
      let opened: Exchange | null = null;
      const open = async (signal: AbortSignal): Promise<Response> => {
        opened = await openStream(sdk, chat, request, connection, signal);
        // A hook of the caller's client may answer in the server's place: then there is nothing to read.
        if (opened === null) throw truncated('mistral');
        return opened.response;
      };
      const failure = (event: unknown, { request, response }: Exchange): Error =>
        new sdk.SDKError('The stream reported an error', {
          request,
          response,
          body: JSON.stringify(event),
        });
      const protocol = { provider: 'mistral', terminator: '[DONE]' };
      return jsonEvents<unknown>(open, protocol).pipe(
        map((event) => {
          if (opened !== null && errorReportIn(event)) throw failure(event, opened);
          return completionChunkOf(event);
        }),
      );
    }),
  );
}
