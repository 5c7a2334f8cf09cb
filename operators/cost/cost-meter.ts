import {
  BehaviorSubject,
  distinctUntilChanged,
  filter,
  map,
  take,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { AnyStreamTuple } from '../../lib/index.ts';
import type { CostOptions } from './call-cost.ts';
import { costLedger, type CostReading } from './cost-ledger.ts';
import { checkLimit, isReached } from './cost-limit.ts';
import { measured } from './measure.ts';

/** Options of `measure`. */
export interface MeasureOptions {
  /**
   * What becomes of the stream when the sum can no longer be known: `error` it, or `ignore` that and let
   * the meter's `unknown` tell. Default `ignore`.
   */
  readonly onUnknown?: 'error' | 'ignore';
}

/** What {@link costMeter} gives. */
export interface CostMeter extends CostReading {
  /**
   * The reading now and whenever it changes. Replays the latest; never errors and, as there may always be
   * another call, never completes.
   */
  readonly changes: Observable<CostReading>;

  /**
   * An operator that passes tuples through and adds what they cost.
   *
   * ```
   * source             --a--b(usage)--|
   * meter.measure()
   * result             --a--b---------|
   * meter.total        0----0.02
   * ```
   *
   * Subscribes when subscribed to; emits, completes and errors as the source does; unsubscribing
   * unsubscribes from it. A tuple is in `total` when it is emitted, and in `changes` right after that: to
   * end a stream with `takeUntil(meter.reaches(limit))` loses no tuple that was measured above it. A tuple
   * costs the same however much came before, and nothing of the stream is held.
   *
   * Counts every call that passes once, however many: also retries, the steps of `runTools` (put it below
   * them), and calls side by side; a call that passes twice, or that subscribers share, counts once. A
   * price list or an estimate that throws errors the stream with `operator`, and is the cause.
   *
   * With `onUnknown: 'error'` it errors like {@link takeUntilCost}, after the tuple that brought the doubt,
   * and holds the text of a call for the error's `partial`. Without it `toCallResponse` sees to that.
   */
  measure<Tuple extends AnyStreamTuple>(options?: MeasureOptions): MonoTypeOperatorFunction<Tuple>;

  /**
   * Emits the reading and completes once the total comes up to a limit: at once where it has. Never errors.
   *
   * @param limit in the price list's currency
   * @throws {RangeError} when the limit is not a number from 0
   */
  reaches(limit: number): Observable<CostReading>;
}

/**
 * Adds up what several streams cost: a chain of calls through `switchMap`, where the tuples of the first
 * do not pass, calls side by side, a whole conversation. State that is shared on purpose: one meter for
 * whatever is to be one sum.
 *
 * ```
 * first      --a--b(0.02)--|
 * second                   --c(0.01)--d(0.03)--|
 * changes    0----0.02-------0.03-----0.05------
 * ```
 *
 * Live: a call that is under way counts with its last known usage, and what is not known counts as
 * nothing, or as estimated. A call that fails or is left stays in the sum with what was known of it then,
 * and among the `unknown` when its usage had not come. Calls of other currencies than the first are
 * `unknown` too. `total`, `unknown` and `currency` change as calls go on.
 *
 * @example
 * ```ts
 * const meter = costMeter({ prices: publishedPrices() });
 * summarize(article)
 *   .pipe(
 *     meter.measure(),
 *     toCallResponse(),
 *     switchMap(({ content }) => translate(content).pipe(takeUntilCost(0.05, { meter }))),
 *     toCallResponse(),
 *   )
 *   .subscribe(({ content }) => console.log(content, meter.total, meter.currency));
 * ```
 * @param options `prices` for calls without a list of their own; `estimate` for counts that are not known yet
 */
export function costMeter(options: CostOptions = {}): CostMeter {
  const ledger = costLedger();
  const readings = new BehaviorSubject(ledger.reading);
  const publish = (): void => {
    if (ledger.reading !== readings.value) readings.next(ledger.reading);
  };
  // Who comes while a tuple is being emitted is told what has been taken down of it.
  const changes = readings.pipe(
    map(() => ledger.reading),
    distinctUntilChanged(),
  );
  return {
    get total() {
      return ledger.reading.total;
    },
    get unknown() {
      return ledger.reading.unknown;
    },
    get currency() {
      return ledger.reading.currency;
    },
    changes,
    measure:
      ({ onUnknown = 'ignore' } = {}) =>
      (source) =>
        measured(source, ledger, { ...options, onUnknown }, publish),
    reaches(limit) {
      checkLimit('reaches', limit);
      return changes.pipe(
        filter(({ total }) => isReached(total, limit)),
        take(1),
      );
    },
  };
}
