import {
  catchError,
  forkJoin,
  of,
  ReplaySubject,
  share,
  takeLast,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { Endpoint } from '../../endpoints/endpoint.ts';
import type { DemoProvider } from '../../providers/demo-provider.ts';
import { providers } from '../../providers/providers.ts';
import { providerEndpoint } from '../provider-endpoint.ts';
import { withOpen } from '../with-open.ts';
import { paces } from './paces.ts';
import { rowOf, type Contender } from './row-of.ts';
import type { Row } from './row.ts';

/** Shows rows as they change. Emits all of them, last as they ended, and completes when all have. */
export type View = (rows: readonly Observable<Row>[]) => Observable<readonly Row[]>;

/**
 * Asks all providers the same at once, and shows what comes.
 *
 * Completes when every answer has ended, errors when every one has failed. Unsubscribing closes all
 * connections and ends the local servers.
 *
 * @param stop stops all answers when it emits
 */
export function compare(
  prompt: string,
  view: View,
  stop: Observable<unknown>,
): Observable<unknown> {
  return withOpen(openAll, ({ places }) => {
    const contenders = places.map((place) => contenderOf(place, prompt));
    const start = forkJoin(
      contenders.map(({ prepared }) => prepared.pipe(catchError(() => of(null)))),
    ).pipe(once());
    const stopped = stop.pipe(share());
    return view(contenders.map((contender) => rowOf(contender, start, stopped))).pipe(
      takeLast(1),
      tap((rows) => {
        if (rows.every(({ state }) => state === 'failed')) throw new Error('All providers failed');
      }),
    );
  });
}

/** A provider and where it is reached. */
interface Reached {
  readonly provider: DemoProvider;
  readonly endpoint: Endpoint;
}

/** Opens the endpoints of all providers. */
async function openAll(): Promise<{ readonly places: readonly Reached[]; close(): void }> {
  const places = await Promise.all(
    providers.map(async (provider) => ({
      provider,
      endpoint: await providerEndpoint(provider, paces[provider.name]),
    })),
  );
  return {
    places,
    close: () => {
      for (const { endpoint } of places) endpoint.close();
    },
  };
}

function contenderOf({ provider, endpoint: { place } }: Reached, prompt: string): Contender {
  const { name, model } = provider;
  return {
    name,
    live: place === null,
    prepared: provider.prepare(place).pipe(once()),
    answer: provider.call({ place, model }, () => prompt)(),
  };
}

/** Done once, for whoever wants to know, and whenever they ask. */
const once = <T>(): MonoTypeOperatorFunction<T> =>
  share({
    connector: () => new ReplaySubject<T>(1),
    resetOnComplete: false,
    resetOnError: false,
    resetOnRefCountZero: false,
  });
