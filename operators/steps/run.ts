import {
  concatWith,
  defer,
  EMPTY,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { CallContext, Chunk } from '../../lib/index.ts';

/** Several calls that make one stream. `over` becomes true when the last of them has ended truthfully. */
export interface Run {
  over: boolean;
}

/** One stream of several calls: a cold Observable, each subscription a run of its own. */
export const asRun = <T>(steps: (run: Run) => Observable<T>): Observable<T> =>
  defer(() => {
    const run: Run = { over: false };
    const end = defer(() => {
      run.over = true;
      return EMPTY;
    });
    return steps(run).pipe(concatWith(end));
  });

/**
 * Tells the chunks of a call that it is one of several: it has ended when all have, so that a response is
 * `interrupted` also when something downstream ends the stream between two of them.
 *
 * A mirror of the source in every other respect.
 */
export const asPartOfRun =
  <Tuple extends readonly [chunk: Chunk, tool: unknown]>(
    run: Run,
  ): MonoTypeOperatorFunction<Tuple> =>
  (source) => {
    const contexts = new WeakMap<CallContext, CallContext>();
    const contextOf = (call: CallContext): CallContext => {
      const known = contexts.get(call);
      if (known !== undefined) return known;
      const context = { ...call, ended: () => run.over && call.ended() };
      contexts.set(call, context);
      return context;
    };
    return source.pipe(
      map(([chunk, tool]) => [{ ...chunk, call: contextOf(chunk.call) }, tool] as unknown as Tuple),
    );
  };
