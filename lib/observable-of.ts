import { from, isObservable, of, type Observable } from 'rxjs';

/** What a user's callback may give: a value, a Promise of it or an Observable of it. */
export type Eventual<T> = T | PromiseLike<T> | Observable<T>;

/** An Observable of whatever a callback gave. Values are taken as they are, lists too. */
export function observableOf<T>(result: Eventual<T>): Observable<T> {
  if (isObservable(result)) return result;
  return isPromiseLike(result) ? from(result) : of(result);
}

const isPromiseLike = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as PromiseLike<T> | null)?.then === 'function';
