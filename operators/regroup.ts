import { concat, concatMap, defer, materialize, throwError, type OperatorFunction } from 'rxjs';

/** Takes values in and gives others out, in order. */
export interface Regrouping<T, R> {
  /** What is whole with this value. */
  add(value: T): Iterable<R>;
  /** What is left at the end. */
  rest(): Iterable<R>;
}

/**
 * An operator that regroups: emits what each value makes whole, and the rest before the source's
 * completion or error.
 *
 * ```
 * source    --"a"--"b c"--"d"--|
 * regroup   -------"ab "-------("cd"|)
 *
 * source    --"a"--"b c"--"d"--#
 * regroup   -------"ab "-------("cd"#)
 * ```
 *
 * Subscribes when subscribed to; unsubscribing unsubscribes from the source and drops the rest.
 *
 * @param begin called for every subscription: what it gives holds the state
 */
export const regroup =
  <T, R>(begin: () => Regrouping<T, R>): OperatorFunction<T, R> =>
  (source) =>
    defer(() => {
      const { add, rest } = begin();
      return source.pipe(
        // Ends queue up behind what a value gave: who ends the source on one of them still gets those after it.
        materialize(),
        concatMap((notification) => {
          switch (notification.kind) {
            case 'N':
              return add(notification.value);
            case 'C':
              return rest();
            case 'E': {
              const error: unknown = notification.error;
              return concat(
                rest(),
                throwError(() => error),
              );
            }
          }
        }),
      );
    });
