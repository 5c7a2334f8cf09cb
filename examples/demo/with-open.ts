import { defer, finalize, from, switchMap, type Observable } from 'rxjs';

/** Opens something, and closes it however its use ends, also while it is still being opened. */
export function withOpen<T extends { close(): void }, R>(
  open: () => Promise<T>,
  use: (opened: T) => Observable<R>,
): Observable<R> {
  return defer(() => {
    const opening = open();
    const close = (): unknown => opening.then((opened) => opened.close()).catch(() => undefined);
    return from(opening).pipe(switchMap(use), finalize(close));
  });
}
