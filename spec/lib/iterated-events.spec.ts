import { describe, expect, it } from '@jest/globals';
import { take, tap } from 'rxjs';
import { iteratedEvents } from '../../lib/iterated-events.ts';
import { outcomeOf, settled } from '../support/outcome.ts';

async function* eventsOf<Event>(...events: readonly Event[]): AsyncGenerator<Event> {
  for (const event of events) yield await Promise.resolve(event);
}

/** Waits until the signal aborts, then fails, as an SDK's pending read does. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });

describe('iteratedEvents', () => {
  it('should give the events, and take the iterator’s end for a cut', async () => {
    const events = iteratedEvents('plain', () => Promise.resolve(eventsOf(1, 2, 3)));
    expect(await outcomeOf(events)).toMatchObject({
      values: [1, 2, 3],
      completed: false,
      error: { code: 'truncated', provider: 'plain' },
    });
  });

  it('should error with what the iterator throws, after what came before', async () => {
    const failure = new Error('reset');
    async function* failing(): AsyncGenerator<number> {
      yield* eventsOf(1);
      throw failure;
    }
    const events = iteratedEvents('plain', () => Promise.resolve(failing()));
    expect(await outcomeOf(events)).toEqual({ values: [1], completed: false, error: failure });
  });

  it('should error with what opening rejects with or throws', async () => {
    const failure = new Error('refused');
    const openings = [
      () => Promise.reject(failure),
      () => {
        throw failure;
      },
    ];
    for (const open of openings) {
      expect((await outcomeOf(iteratedEvents('plain', open))).error).toBe(failure);
    }
  });

  it('should open per subscription, and not before', async () => {
    let opened = 0;
    const events = iteratedEvents('plain', () => Promise.resolve(eventsOf(++opened)));
    await settled();
    expect(opened).toBe(0);
    expect((await outcomeOf(events)).values).toEqual([1]);
    expect((await outcomeOf(events)).values).toEqual([2]);
  });

  it('should abort the signal and say nothing when it is unsubscribed from while it opens', async () => {
    const signals: AbortSignal[] = [];
    const said: unknown[] = [];
    iteratedEvents('plain', (signal) => {
      signals.push(signal);
      return untilAborted(signal);
    })
      .subscribe({ error: (error: unknown) => said.push(error) })
      .unsubscribe();
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(said).toEqual([]);
  });

  it('should abort the signal and say nothing when it is unsubscribed from in a stall', async () => {
    const signals: AbortSignal[] = [];
    const said: unknown[] = [];
    async function* stalling(signal: AbortSignal): AsyncGenerator<number> {
      signals.push(signal);
      yield 1;
      await untilAborted(signal);
    }
    const subscription = iteratedEvents('plain', (signal) =>
      Promise.resolve(stalling(signal)),
    ).subscribe({
      next: (event) => said.push(event),
      error: (error: unknown) => said.push(error),
      complete: () => said.push('end'),
    });
    await settled();
    subscription.unsubscribe();
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(said).toEqual([1]);
  });

  it('should emit nothing after take has enough, and finish the iterator', async () => {
    const seen: number[] = [];
    let finished = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let count = 1; ; count++) yield await Promise.resolve(count);
      } finally {
        finished = true;
      }
    }
    const events = iteratedEvents('plain', () => Promise.resolve(endless()));
    const source = events.pipe(
      tap((event) => seen.push(event)),
      take(2),
    );
    expect(await outcomeOf(source)).toMatchObject({ values: [1, 2], completed: true });
    await settled();
    expect(seen).toEqual([1, 2]);
    expect(finished).toBe(true);
  });

  it('should abort the signal at the end as well, for whatever still listens to it', async () => {
    const signals: AbortSignal[] = [];
    await outcomeOf(
      iteratedEvents('plain', (signal) => {
        signals.push(signal);
        return Promise.resolve(eventsOf(1));
      }),
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  /** An iterable that counts what is asked of it, and never answers a second read. */
  function counted() {
    const asked = { reads: 0, returns: 0 };
    const iterator: AsyncIterator<number> = {
      next: () =>
        ++asked.reads === 1
          ? Promise.resolve({ done: false, value: 1 })
          : new Promise(() => undefined),
      return: () => {
        asked.returns++;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
    return { asked, events: { [Symbol.asyncIterator]: () => iterator } };
  }

  it('should not read on after take has enough', async () => {
    const { asked, events } = counted();
    await outcomeOf(iteratedEvents('plain', () => Promise.resolve(events)).pipe(take(1)));
    await settled();
    expect(asked).toEqual({ reads: 1, returns: 1 });
  });

  it('should not read what opens after it is unsubscribed from', async () => {
    const { asked, events } = counted();
    let opened!: (events: AsyncIterable<number>) => void;
    iteratedEvents(
      'plain',
      () => new Promise<AsyncIterable<number>>((resolve) => (opened = resolve)),
    )
      .subscribe()
      .unsubscribe();
    opened(events);
    await settled();
    expect(asked.reads).toBe(0);
  });
});
