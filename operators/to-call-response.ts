import {
  catchError,
  concatWith,
  defer,
  ignoreElements,
  of,
  tap,
  throwError,
  type OperatorFunction,
} from 'rxjs';
import { accumulateTuple, type Accumulation } from '../lib/accumulation.ts';
import {
  StreamError,
  type CallResponse,
  type ResponseModel,
  type StreamTuple,
  type ToolDefinition,
  type Wire,
} from '../lib/index.ts';
import { interruptedSnapshotOf } from '../lib/snapshot.ts';
import { nothingArrived, responseAtEnd } from './response-at-end.ts';

/**
 * Emits one response when the stream ends: whole when it finished, `interrupted` when something between
 * the call and this operator ended it early.
 *
 * ```
 * source            --"He"--"llo"--|
 * toCallResponse()
 * result            ---------------("Hello"|)
 *
 * source            --"He"--|                 cut short by take(1)
 * result            --------("He" interrupted|)
 * ```
 *
 * Subscribes when subscribed to; emits one response and completes when the source completes; errors
 * with the source's error, as a `StreamError` that carries what had arrived in `partial` (an error of
 * another operator, such as a timeout, becomes its `cause`), and with `empty` when nothing ever arrived.
 * Unsubscribing unsubscribes from the source and gives nothing. Keeps the text, not the events.
 *
 * Invariants: those of {@link accumulate}; `interrupted` is false exactly when the provider had finished
 * and the source was read to that end.
 *
 * @example
 * ```ts
 * summarize(text).pipe(
 *   toCallResponse(),
 *   switchMap(({ content }) => translate(content)),
 * );
 * ```
 */
export function toCallResponse<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(): OperatorFunction<StreamTuple<W, D, Model, Partials>, CallResponse<W, D>> {
  return (source) =>
    defer(() => {
      let accumulation = null as Accumulation<W, D> | null;
      return source.pipe(
        tap((tuple) => (accumulation = accumulateTuple(accumulation, tuple))),
        ignoreElements(),
        catchError((error: unknown) => throwError(() => failureOf(error, accumulation))),
        concatWith(
          defer(() => {
            if (accumulation === null) throw nothingArrived();
            return of(responseAtEnd(accumulation));
          }),
        ),
      );
    });
}

/** Errors of the call carry what had arrived already; those of operators between it and here do not. */
function failureOf<W extends Wire, D extends ToolDefinition>(
  error: unknown,
  accumulation: Accumulation<W, D> | null,
): StreamError {
  if (error instanceof StreamError) return error;
  const partial = accumulation && interruptedSnapshotOf(accumulation);
  // By name, as RxJS itself tells its error classes: a second copy of RxJS has another class.
  const timedOut = (error as Error | null)?.name === 'TimeoutError';
  return new StreamError(
    partial?.provider ?? null,
    timedOut
      ? { code: 'timeout', message: 'A timeout in the pipe ended the stream' }
      : { code: 'operator', message: 'An operator in the pipe failed; see the cause' },
    { cause: error, partial },
  );
}
