/** State for a view, without a framework: a snapshot to read, and a listener that is told of the next one. */
import { catchError, finalize, map, of, share, tap, throttleTime, type Observable } from 'rxjs';
import { StreamError } from 'rx-llm';
import { accumulate } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Why/ },
  response: { content: 'Air scatters blue light.' },
});

/** What React's `useSyncExternalStore` takes. Angular has `toSignal(views, { initialValue })`, Svelte `$views`. */
interface Store<T> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): T;
}

function storeOf<T>(source: Observable<T>, initial: T): Store<T> {
  let snapshot = initial;
  const changes = source.pipe(
    tap((next) => (snapshot = next)),
    share(),
  );
  return {
    subscribe: (listener) => {
      const subscription = changes.subscribe(() => listener());
      return () => subscription.unsubscribe(); // the last one closes the connection
    },
    getSnapshot: () => snapshot,
  };
}

interface View {
  readonly text: string;
  readonly status: 'waiting' | 'writing' | 'done' | 'failed';
}

const ask = llm.call(options, (question: string) => question);

const views = ask('Why is the sky blue?').pipe(
  accumulate(),
  map(({ content: text, commonFinishReasons }): View => {
    return { text, status: commonFinishReasons === null ? 'writing' : 'done' };
  }),
  catchError((error: unknown) => {
    const { partial = null } = error instanceof StreamError ? error : {};
    return of<View>({ text: partial?.content ?? '', status: 'failed' });
  }),
  throttleTime(100, undefined, { leading: true, trailing: true }), // as often as anybody can read
  finalize(close),
);

const store = storeOf<View>(views, { text: '', status: 'waiting' });

const render = (): void => console.log(store.getSnapshot());

render();
store.subscribe(render);

// prints: { text: '', status: 'waiting' }
// prints: { text: 'Air scatters blue light.', status: 'done' }
