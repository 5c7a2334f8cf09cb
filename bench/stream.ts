import type { Observable } from 'rxjs';
import type { Document } from './documents.ts';
import type { Stream } from './suite.ts';

/** The stream of an Observable of which every value is read. */
export function streamOf<T>(
  { fragments }: Document,
  source: Observable<T>,
  read: (value: T) => unknown,
  expected: unknown,
): Stream {
  const run = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      let last: unknown;
      source.subscribe({
        next: (value) => {
          last = read(value);
        },
        error: reject,
        complete: () => resolve(last),
      });
    });
  return { fragments: fragments.length, run, expected };
}
