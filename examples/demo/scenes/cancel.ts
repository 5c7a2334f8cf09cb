import {
  defaultIfEmpty,
  defer,
  filter,
  finalize,
  map,
  of,
  ReplaySubject,
  switchMap,
  take,
  tap,
  timeout,
  type Observable,
} from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { printAnswer } from '../print-answer.ts';
import { announce, type Stage } from './stage.ts';

/** How many chunks to read before leaving. */
const chunksRead = 20;
/** How long to wait for the socket to close, in ms. */
const patience = 2000;

/** Unsubscribing in the middle of an answer closes the connection; how soon is measured. */
export function cancel({ call, endpoint, terminal }: Stage): Observable<unknown> {
  const count = call((last: number) => `Count from one to ${last} in words.`);
  return defer(() => {
    announce(
      terminal,
      `3. Cancel: unsubscribe after ${chunksRead} chunks`,
      `count(500).pipe(take(${chunksRead}))`,
    );
    const closedAt = new ReplaySubject<number>(1);
    const watching = endpoint.nextClose.subscribe(closedAt);
    return count(500).pipe(
      printAnswer(terminal),
      // Completes first and unsubscribes then, so the clock below starts just before.
      take(chunksRead),
      toCallResponse(),
      filter(({ interrupted }) => interrupted),
      map(() => performance.now()),
      switchMap((leftAt) =>
        closedAt.pipe(
          map((time) => `${endpoint.closeSeenBy} ${(time - leftAt).toFixed(1)} ms later`),
          timeout({ first: patience, with: () => of(`No close was seen within ${patience} ms`) }),
        ),
      ),
      defaultIfEmpty(`The answer was over before chunk ${chunksRead}; nothing was cancelled`),
      tap((outcome) => terminal.fact('cancelled', outcome)),
      finalize(() => watching.unsubscribe()),
    );
  });
}
