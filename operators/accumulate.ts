import { map, pipe, scan, type OperatorFunction } from 'rxjs';
import { accumulateTuple, type Accumulation } from '../lib/accumulation.ts';
import type { AnyStreamTuple, CallResponse, ResponseOf } from '../lib/index.ts';
import { snapshotOf } from '../lib/snapshot.ts';

/**
 * Emits, after every tuple, an immutable snapshot of everything so far.
 *
 * ```
 * source        --"He"--"llo"--"!"--|
 * accumulate()
 * result        --"He"--"Hello"--"Hello!"--|
 * ```
 *
 * Subscribes when subscribed to; emits once per tuple; completes and errors with the source;
 * unsubscribing unsubscribes from it. Lossless. A tuple costs the same however much came before: a
 * snapshot shares with the one before whatever did not change. A tuple of another call (after `retry`,
 * `repeat`, `concat`) starts a new snapshot, also where that is of another provider (`catchError`, `race`).
 *
 * Invariants: `content` of a snapshot is the concatenation of the `content` so far; its `tools` are the
 * tools so far, in order; a snapshot never changes.
 *
 * @example
 * ```ts
 * answer = toSignal(ask('Oslo').pipe(accumulate(), map(({ content }) => content)), { initialValue: '' });
 * ```
 * @see {@link toCallResponse} for the last one only
 */
export function accumulate<Tuple extends AnyStreamTuple>(): OperatorFunction<
  Tuple,
  ResponseOf<Tuple>
>;
export function accumulate(): OperatorFunction<AnyStreamTuple, CallResponse> {
  return pipe(scan<AnyStreamTuple, Accumulation, null>(accumulateTuple, null), map(snapshotOf));
}
