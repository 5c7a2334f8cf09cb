import {
  catchError,
  concat,
  ignoreElements,
  map,
  merge,
  of,
  scan,
  startWith,
  takeWhile,
  type Observable,
} from 'rxjs';
import type { StreamTuple } from 'rx-llm';
import { accumulate } from 'rx-llm/operators';
import { firstRow, hasEnded, nextRow, type Row, type RowEvent } from './row.ts';

/** One provider about to be asked. */
export interface Contender {
  readonly name: string;
  readonly live: boolean;
  /** Completes once its SDK is loaded, errors when it cannot be. */
  readonly prepared: Observable<unknown>;
  /** Its answer. */
  readonly answer: Observable<StreamTuple>;
}

/**
 * The row of a provider as it changes: a failure is its last state, and no error.
 *
 * ```
 * prepared  --|
 * start     ----|
 * answer        --a--b--|
 * stop      ---------------x
 * result    l-r-w-a--b--(f|)    loading, ready, waiting, streaming, finished
 * ```
 *
 * @param start completes when all are prepared: loading ten SDKs at once would spoil the times
 * @param stop ends the row as stopped, with what had arrived; unsubscribing closes the connection
 */
export function rowOf(
  { name, live, prepared, answer }: Contender,
  start: Observable<unknown>,
  stop: Observable<unknown>,
): Observable<Row> {
  const progress = concat(
    prepared.pipe(ignoreElements()),
    of<RowEvent>({ kind: 'prepared' }),
    start.pipe(ignoreElements()),
    of<RowEvent>({ kind: 'asked' }),
    answer.pipe(
      accumulate(),
      map((response): RowEvent => ({ kind: 'arrived', response })),
    ),
    of<RowEvent>({ kind: 'finished' }),
  ).pipe(catchError((error: unknown) => of<RowEvent>({ kind: 'failed', error })));
  const stopped = stop.pipe(map((): RowEvent => ({ kind: 'stopped' })));
  const initial = firstRow(name, live);
  return merge(stopped, progress).pipe(
    scan(nextRow, initial),
    startWith(initial),
    takeWhile((row) => !hasEnded(row), true),
  );
}
