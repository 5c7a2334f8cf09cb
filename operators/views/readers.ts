import { Subscription, using, type Observable } from 'rxjs';

/** Counts who reads. */
export interface Readers {
  /** One reader more, until the subscription is unsubscribed from. */
  join(): Subscription;
  /** The same Observable, whose subscribers count. */
  counted<T>(source: Observable<T>): Observable<T>;
}

/**
 * Counts who reads, across several Observables.
 *
 * @param onNobody called whenever the last reader has left
 */
export function readers(onNobody: () => void): Readers {
  let count = 0;
  const join = (): Subscription => {
    count++;
    return new Subscription(() => {
      count--;
      if (count === 0) onNobody();
    });
  };
  return { join, counted: (source) => using(join, () => source) };
}
