import { catchError, tap, throwError, type Observable } from 'rxjs';
import { StreamError, type StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { printAnswer } from './print-answer.ts';
import { printFacts } from './print-facts.ts';
import type { Terminal } from './terminal.ts';

/** Prints an answer as it arrives and what is known of it at its end, also when it fails. */
export function answer(stream: Observable<StreamTuple>, terminal: Terminal): Observable<unknown> {
  return stream.pipe(
    printAnswer(terminal),
    toCallResponse(),
    tap((response) => printFacts(terminal, response)),
    catchError((error: unknown) => {
      if (error instanceof StreamError && error.partial) printFacts(terminal, error.partial);
      return throwError(() => error);
    }),
  );
}
