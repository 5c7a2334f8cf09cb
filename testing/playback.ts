import { Observable, type SchedulerLike, type Subscription } from 'rxjs';
import { StreamError, truncated } from '../lib/index.ts';
import { isDirection, type Direction, type ScriptedFailure } from './directions.ts';
import type { ScriptedEvent } from './wire.ts';

/**
 * Plays steps: a cold Observable of their events.
 *
 * Emits nothing while it is being subscribed to, as no network does; what no wait separates comes at
 * once, like several events of one network read. Completes after the last step; errors where a step
 * says so; unsubscribing stops the timer.
 */
export function playback(
  provider: string,
  steps: readonly (ScriptedEvent | Direction)[],
  scheduler: SchedulerLike,
): Observable<ScriptedEvent> {
  return new Observable((subscriber) => {
    let position = 0;
    let timer: Subscription | null = null;

    const advance = (): void => {
      while (!subscriber.closed) {
        const step = steps[position++];
        if (step === undefined) return subscriber.complete();
        if (!isDirection(step)) {
          subscriber.next(step);
          continue;
        }
        switch (step.direction) {
          case 'wait':
            // A new action each time: VirtualTimeScheduler chains one that reschedules itself until
            // unsubscribing from the chain exceeds the stack.
            timer = scheduler.schedule(advance, step.duration);
            return;
          case 'stall':
            return;
          case 'cut':
            return subscriber.error(truncated(provider));
          case 'fail':
            return subscriber.error(failureOf(provider, step.failure));
        }
      }
    };

    subscriber.add(() => timer?.unsubscribe());
    subscriber.add(scheduler.schedule(advance));
  });
}

const failureOf = (provider: string, { cause, ...facts }: ScriptedFailure): StreamError =>
  new StreamError(provider, { message: 'The script says so', ...facts }, { cause });
