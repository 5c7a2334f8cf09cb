import { Observable } from 'rxjs';
import { StreamError } from './stream-error.ts';

/**
 * Errors with `aborted` when a signal the caller owns aborts, at once if it already has; emits nothing
 * else. Unsubscribing leaves no listener behind: the signal may be shared by many calls.
 */
export function abortion(provider: string, signal: AbortSignal): Observable<never> {
  return new Observable((subscriber) => {
    const abort = (): void => {
      subscriber.error(
        new StreamError(
          provider,
          { code: 'aborted', message: 'The signal given to the call was aborted' },
          { cause: signal.reason },
        ),
      );
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
}
