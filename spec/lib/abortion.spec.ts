import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { NEVER, takeUntil } from 'rxjs';
import { abortion } from '../../lib/abortion.ts';
import { outcomeOf, settled } from '../support/outcome.ts';

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('abortion', () => {
  it('should error when the signal aborts, with its reason as the cause', async () => {
    const controller = new AbortController();
    const outcome = outcomeOf(abortion('plain', controller.signal));
    const reason = new Error('the user left');
    controller.abort(reason);
    expect(await outcome).toMatchObject({
      values: [],
      error: { code: 'aborted', provider: 'plain', retryable: false, cause: reason },
    });
    expect(listenersOf(controller.signal)).toBe(0);
  });

  it('should error at once when the signal has aborted before', async () => {
    const signal = AbortSignal.abort();
    const { error } = await outcomeOf(abortion('plain', signal));
    expect(error).toMatchObject({ code: 'aborted', cause: signal.reason as unknown });
    expect(listenersOf(signal)).toBe(0);
  });

  it('should listen from the subscription to its end, and not otherwise', () => {
    const { signal } = new AbortController();
    const aborting = abortion('plain', signal);
    expect(listenersOf(signal)).toBe(0);
    const subscriptions = [aborting.subscribe(), aborting.subscribe()];
    expect(listenersOf(signal)).toBe(2);
    for (const subscription of subscriptions) subscription.unsubscribe();
    expect(listenersOf(signal)).toBe(0);
  });

  it('should say nothing after it is unsubscribed from', async () => {
    const controller = new AbortController();
    const said: unknown[] = [];
    abortion('plain', controller.signal)
      .subscribe({ error: (error: unknown) => said.push(error), complete: () => said.push('end') })
      .unsubscribe();
    controller.abort();
    await settled();
    expect(said).toEqual([]);
  });

  it('should end a stream with its error through takeUntil', async () => {
    const controller = new AbortController();
    const outcome = outcomeOf(NEVER.pipe(takeUntil(abortion('plain', controller.signal))));
    controller.abort();
    expect(await outcome).toMatchObject({ completed: false, error: { code: 'aborted' } });
  });
});
