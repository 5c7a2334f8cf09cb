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
import type { AnyStreamTuple, CallResponse, ResponseOf } from '../lib/index.ts';
import { operatorFailure } from './operator-failure.ts';
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
 * A call shows itself by its first chunk. When a timeout ends a further attempt (`retry`) before that, what
 * had arrived is still the attempt before.
 *
 * Invariants: those of {@link accumulate}; `interrupted` is false exactly when the provider had finished and
 * the last piece of its answer has arrived here: text, thinking, audio or a tool call, and with calls the finish
 * reason. What else an operator drops at the end, such as the usage, is missing but does not interrupt.
 *
 * @example
 * ```ts
 * summarize(text).pipe(
 *   toCallResponse(),
 *   switchMap(({ content }) => translate(content)),
 * );
 * ```
 */
export function toCallResponse<Tuple extends AnyStreamTuple>(): OperatorFunction<
  Tuple,
  ResponseOf<Tuple>
>;
export function toCallResponse(): OperatorFunction<AnyStreamTuple, CallResponse> {
  return (source) =>
    defer(() => {
      let accumulation = null as Accumulation | null;
      return source.pipe(
        tap((tuple) => (accumulation = accumulateTuple(accumulation, tuple))),
        ignoreElements(),
        catchError((error: unknown) => throwError(() => operatorFailure(error, accumulation))),
        concatWith(
          defer(() => {
            if (accumulation === null) throw nothingArrived();
            return of(responseAtEnd(accumulation));
          }),
        ),
      );
    });
}
