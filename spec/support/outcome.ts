import type { Observable } from 'rxjs';

/** How a subscription went. */
export interface Outcome<T> {
  readonly values: readonly T[];
  readonly completed: boolean;
  /** What it errored with, `null` when it did not. */
  readonly error: unknown;
}

/** Subscribes and resolves at the end, whichever it is. */
export function outcomeOf<T>(source: Observable<T>): Promise<Outcome<T>> {
  const values: T[] = [];
  return new Promise((resolve) => {
    source.subscribe({
      next: (value) => values.push(value),
      error: (error: unknown) => resolve({ values, completed: false, error }),
      complete: () => resolve({ values, completed: true, error: null }),
    });
  });
}

/** Lets everything that is already due happen: promise callbacks, timers of 0 ms, pending reads. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
