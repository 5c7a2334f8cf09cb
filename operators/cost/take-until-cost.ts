import { defer, takeUntil, takeWhile, type MonoTypeOperatorFunction } from 'rxjs';
import type { AnyStreamTuple } from '../../lib/index.ts';
import type { CostOptions } from './call-cost.ts';
import { checkLimit, isReached } from './cost-limit.ts';
import { costMeter, type CostMeter, type MeasureOptions } from './cost-meter.ts';

/** Options of {@link takeUntilCost}: what costs are worked out with, or the meter that does. */
export type TakeUntilCostOptions = {
  /**
   * What becomes of the stream when what its calls cost cannot be known: `error` it, or `ignore` that and
   * limit what is known. Default `error`.
   */
  readonly onUnknown?: MeasureOptions['onUnknown'];
} & (
  | (CostOptions & { readonly meter?: never })
  | {
      /** A meter whose whole sum is limited: what it has measured before, and what it measures elsewhere. */
      readonly meter: CostMeter;
      readonly prices?: never;
      readonly estimate?: never;
    }
);

/**
 * Passes tuples on until what the calls of the stream have cost together comes up to a limit, then
 * completes and aborts the request.
 *
 * ```
 * source               --a--b(0.02)--c--d(0.05)--e--|
 * takeUntilCost(0.05)
 * result               --a--b--------c--(d|)
 * ```
 *
 * The tuple with which the limit is reached is emitted. Counts every call that passes: retries, the steps
 * of `runTools` and `continueOnLength` (put it below them), chains with `concat`; with a `meter` also what
 * that measures elsewhere, and ends the stream when it is another that reaches the limit. Of a call the
 * last known usage counts, over calls the sum.
 *
 * **Usage often comes at the very end of a call** (OpenAI and most others; Anthropic tells the input at
 * its beginning, Google both with every chunk). The limit then acts between calls: the call that goes
 * beyond it ends by itself, and no further one is made. With `estimate` it acts within a call too, as
 * well as the estimate is.
 *
 * Subscribes when subscribed to, and not at all when a meter has reached the limit before: it completes at
 * once, without a request (`toCallResponse` then errors with `empty`). Completes at the limit, or with the
 * source; errors with the source; unsubscribing unsubscribes from it. Lossless up to the limit. A tuple
 * costs the same however much came before; the text of a call is kept for `partial`. A response of the
 * tuples is `interrupted` when the limit was reached, also at the last tuple of a call.
 *
 * A limit that cannot be kept is an error, a `StreamError` with what had arrived in `partial`: when a call
 * has no price list, the list does not know the model that answers (as soon as that is named, or the
 * answer begins), prices are in several currencies, or a call ended without its counts and another
 * follows. With a meter that has come to know of such a call before, it errors at once, without a request.
 * `onUnknown: 'ignore'` limits what is known instead.
 *
 * A call that fails or is left before its usage came counts what is known or estimated of it, often
 * nothing, and is no such error: whether it is made again is up to `retry`. The meter's `unknown` counts it.
 *
 * @example
 * ```ts
 * ask('Plan a trip to Oslo').pipe(
 *   runTools({ maxSteps: 20 }),
 *   takeUntilCost(0.1, { prices: publishedPrices(), estimate: (text) => text.length / 4 }),
 *   toCallResponse(),
 * );
 * ```
 * @param limit in the price list's currency
 * @param options a call's own `prices` go before those here
 * @throws {RangeError} when the limit is not a number from 0
 * @throws {TypeError} when `prices` or `estimate` is given beside a meter, which has its own
 */
export function takeUntilCost<Tuple extends AnyStreamTuple>(
  limit: number,
  { meter: given, onUnknown = 'error', ...options }: TakeUntilCostOptions = {},
): MonoTypeOperatorFunction<Tuple> {
  checkLimit('takeUntilCost', limit);
  if (given && (options.prices ?? options.estimate)) {
    throw new TypeError(
      'takeUntilCost: a meter has its own prices and estimate: costMeter({ prices, estimate })',
    );
  }
  return (source) =>
    defer(() => {
      const meter = given ?? costMeter(options);
      return source.pipe(
        meter.measure({ onUnknown }),
        takeWhile(() => !isReached(meter.total, limit), true),
        takeUntil(meter.reaches(limit)),
      );
    });
}
