import { Observable, type Subscriber } from 'rxjs';
import { truncated } from './stream-error.ts';

/**
 * The events of an SDK that reads its stream itself: a cold Observable over its async iterator.
 *
 * Subscribing calls `open`. Never completes by itself: errors with what `open` or the iterator rejects
 * with, and with `truncated` when the iterator ends, for most SDKs end a cut stream like a finished one.
 * Unsubscribing aborts the signal, which is what closes the connection (an iterator's `return()` waits
 * behind a pending read); nothing is emitted afterwards.
 *
 * @param provider name for errors
 * @param open opens the stream; `signal` is this subscription's own
 */
export function iteratedEvents<Event>(
  provider: string,
  open: (signal: AbortSignal) => PromiseLike<AsyncIterable<Event>>,
): Observable<Event> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => controller.abort());
    iterate(open(controller.signal), subscriber).then(
      () => subscriber.error(truncated(provider)),
      (error: unknown) => {
        // After an unsubscribe this is the abort's own echo.
        if (!subscriber.closed) subscriber.error(error);
      },
    );
  });
}

async function iterate<Event>(
  opening: PromiseLike<AsyncIterable<Event>>,
  subscriber: Subscriber<Event>,
): Promise<void> {
  const events = await opening;
  const hasLeft = (): boolean => subscriber.closed;
  if (hasLeft()) return;
  for await (const event of events) {
    if (!hasLeft()) subscriber.next(event);
    if (hasLeft()) return;
  }
}
