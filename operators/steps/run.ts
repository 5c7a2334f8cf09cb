import {
  catchError,
  concatWith,
  defer,
  EMPTY,
  map,
  NEVER,
  Subject,
  switchMap,
  takeUntil,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { abortion } from '../../lib/abortion.ts';
import { accumulateTuple, type Accumulation } from '../../lib/accumulation.ts';
import type {
  CallContext,
  ResponseModel,
  StreamTuple,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import { operatorFailure, withArrived } from '../operator-failure.ts';

/** Several calls that make one stream. */
export interface Run<W extends Wire = Wire, D extends ToolDefinition = ToolDefinition> {
  /** What has arrived of the latest of them, `null` before anything has. */
  arrived: Accumulation<W, D> | null;
  /** Becomes true when the last of them has ended truthfully. */
  over: boolean;
  /** Each of them, with its first chunk. */
  readonly calls: Subject<CallContext<W>>;
}

/**
 * One stream of several calls: a cold Observable, each subscription a run of its own. The signal the caller
 * gave the call ends it also between two of them, with what had arrived.
 */
export const asRun = <T, W extends Wire, D extends ToolDefinition>(
  steps: (run: Run<W, D>) => Observable<T>,
): Observable<T> =>
  defer(() => {
    const run: Run<W, D> = { arrived: null, over: false, calls: new Subject() };
    const aborted = run.calls.pipe(
      switchMap(({ provider, signal }) => (signal ? abortion(provider.name, signal) : NEVER)),
      failingWith(run),
    );
    const end = defer(() => {
      run.over = true;
      return EMPTY;
    });
    return steps(run).pipe(concatWith(end), takeUntil(aborted));
  });

/**
 * Takes down the chunks of a call, and tells them that it is one of several: it has ended when all have, so
 * that a response is `interrupted` also when something downstream ends the stream before the last of them, or
 * passes on nothing of that.
 *
 * A mirror of the source in every other respect.
 */
export const asPartOfRun =
  <W extends Wire, D extends ToolDefinition, Model extends ResponseModel, Partials extends boolean>(
    run: Run<W, D>,
  ): MonoTypeOperatorFunction<StreamTuple<W, D, Model, Partials>> =>
  (source) => {
    const contexts = new WeakMap<CallContext<W>, CallContext<W, Model>>();
    const contextOf = (call: CallContext<W, Model>): CallContext<W, Model> => {
      const known = contexts.get(call);
      if (known !== undefined) return known;
      const isLast = (): boolean => run.arrived?.call === call;
      const ended = (position?: number): boolean => run.over && isLast() && call.ended(position);
      const context = { ...call, ended };
      contexts.set(call, context);
      run.calls.next(call);
      return context;
    };
    return source.pipe(
      map((tuple) => {
        run.arrived = accumulateTuple(run.arrived, tuple);
        const [chunk, tool] = tuple;
        return [{ ...chunk, call: contextOf(chunk.call) }, tool];
      }),
    );
  };

/** Has errors of what is no call of the run, or of one without a chunk, carry what had arrived. */
export const failingWith = <T, W extends Wire, D extends ToolDefinition>(
  run: Run<W, D>,
): MonoTypeOperatorFunction<T> =>
  catchError((error: unknown) =>
    throwError(() => withArrived(operatorFailure(error, run.arrived), run.arrived)),
  );
