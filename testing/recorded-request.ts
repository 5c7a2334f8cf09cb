import { tap, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import type { ScriptedCallRequest, ScriptedEvent } from './wire.ts';

/** A request a scripted provider received. Live: `state` and `closedAt` change when its stream ends. */
export interface ScriptedRequest extends ScriptedCallRequest {
  /**
   * What became of it:
   *
   * - `open`: the answer is on its way
   * - `finished`: the answer was given to its end, or to its finish reason
   * - `failed`: the script failed or cut it
   * - `unsubscribed`: the caller left before the finish reason
   */
  readonly state: 'open' | 'finished' | 'failed' | 'unsubscribed';
  /** When it was received, by the script's clock, in ms. */
  readonly openedAt: number;
  /** When it stopped being open, `null` until then. */
  readonly closedAt: number | null;
}

/** A request, and the operator that keeps its state. */
export interface Recording {
  readonly request: ScriptedRequest;
  readonly record: MonoTypeOperatorFunction<ScriptedEvent>;
}

/** Records what becomes of a request that comes now. */
export function recordingOf(call: ScriptedCallRequest, scheduler: SchedulerLike): Recording {
  const request: { -readonly [Field in keyof ScriptedRequest]: ScriptedRequest[Field] } = {
    ...call,
    state: 'open',
    openedAt: scheduler.now(),
    closedAt: null,
  };
  const close = (state: ScriptedRequest['state']): void => {
    request.state = state;
    request.closedAt = scheduler.now();
  };
  let gaveReason = false;
  return {
    request,
    record: tap({
      next: ({ finishReason }) => (gaveReason ||= finishReason !== undefined),
      complete: () => close('finished'),
      error: () => close('failed'),
      unsubscribe: () => close(gaveReason ? 'finished' : 'unsubscribed'),
    }),
  };
}
