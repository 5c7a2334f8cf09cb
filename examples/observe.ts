/** Middleware is RxJS's `tap`: it sees a stream begin, and end in exactly one way, also when it is left. */
import { catchError, concat, defer, EMPTY, finalize, ignoreElements, take, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Chunk } from 'rx-llm';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: 'Hello' }, response: { content: 'Hello to you.' } },
  { match: { userMessage: 'Goodbye' }, response: { error: { message: 'Gone' }, status: 500 } },
);

/** Goes anywhere in a pipe, for any provider. What it remembers lives as long as the subscription. */
const logged =
  <Tuple extends readonly [chunk: Chunk, tool: unknown]>(
    name: string,
  ): MonoTypeOperatorFunction<Tuple> =>
  (source) =>
    defer(() => {
      let text = '';
      const log = (what: string): void => console.log(`${name}: ${what}`);
      return source.pipe(
        tap({
          subscribe: () => log('begins'),
          next: ([chunk]) => (text += chunk.content),
          complete: () => log(`has said "${text}"`),
          error: (error: unknown) => log(`failed: ${String(error)}`),
          unsubscribe: () => log(`was left at "${text}"`),
          finalize: () => log('is over'),
        }),
      );
    });

const ask = llm.call(options, (text: string) => text);

concat(
  ask('Hello').pipe(logged('one')),
  ask('Hello').pipe(logged('two'), take(3)),
  ask('Goodbye').pipe(
    logged('three'),
    catchError(() => EMPTY),
  ),
)
  .pipe(ignoreElements(), finalize(close))
  .subscribe();

// prints: one: begins
// prints: one: has said "Hello to you."
// prints: one: is over
// prints: two: begins
// prints: two: was left at "…"
// prints: two: is over
// prints: three: begins
// prints: three: failed: StreamError: …
// prints: three: is over
