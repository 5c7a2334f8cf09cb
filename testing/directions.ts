import type { ErrorFacts } from '../lib/index.ts';
import type { ScriptedEvent } from './wire.ts';

/** What a script has happen between its events. */
export type Direction =
  | { readonly direction: 'wait'; readonly duration: number }
  | { readonly direction: 'fail'; readonly failure: ScriptedFailure }
  | { readonly direction: 'cut' }
  | { readonly direction: 'stall' };

/** A failure as a provider would report it. */
export interface ScriptedFailure extends Omit<ErrorFacts, 'message'> {
  /** What happened. Default: that the script says so. */
  readonly message?: string;
  /** What `error.cause` is to be, such as an SDK's own error. */
  readonly cause?: unknown;
}

/**
 * Lets time pass before the next step.
 *
 * @example
 * ```ts
 * scriptedProvider([wait(300), text('Hello'), wait(20), text(' world')]);
 * ```
 * @param duration in ms
 * @throws {RangeError} when it is not a number of ms; a wait without an end is {@link stall}
 */
export function wait(duration: number): Direction {
  if (!(duration >= 0 && duration < Infinity)) {
    throw new RangeError(`A wait lasts 0 or more ms, not ${duration}: wait(20), or stall().`);
  }
  return { direction: 'wait', duration };
}

/**
 * Ends the stream with a `StreamError`: as the first step a refused request, later a failure in mid-stream.
 *
 * @example
 * ```ts
 * const busy = [fail({ code: 'rate-limit', status: 429, retryAfter: 2000 })];
 * scriptedProvider((_, position) => (position === 0 ? busy : 'Hello'));
 * ```
 */
export const fail = (failure: ScriptedFailure): Direction => ({ direction: 'fail', failure });

/**
 * Closes the connection: an error, `truncated`, unless the script has finished before.
 *
 * @example
 * ```ts
 * scriptedProvider([text('Once upon a'), cut()]);
 * ```
 */
export const cut = (): Direction => ({ direction: 'cut' });

/**
 * Sends nothing more and keeps the connection open, until somebody unsubscribes.
 *
 * @example
 * ```ts
 * scriptedProvider([text('Once upon a'), stall()]);
 * ```
 */
export const stall = (): Direction => ({ direction: 'stall' });

/** Whether a step is a direction: everything else is an event. */
export const isDirection = (step: ScriptedEvent | Direction): step is Direction =>
  'direction' in step;
