/** Retrying is RxJS's `retry`: here for as long as nothing has arrived, after the wait the provider asks for. */
import { finalize, retry, throwError, timer } from 'rxjs';
import type { StreamError } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Hello/, sequenceIndex: 0 },
    response: { error: { message: 'Slow down' }, status: 429, retryAfter: 1 },
  },
  { match: { userMessage: /^Hello/ }, response: { content: 'Hello to you.' } },
);

const greet = llm.call(options, () => 'Hello');

greet()
  .pipe(
    retry({
      count: 3,
      delay: (error: StreamError, attempt) => {
        // Once something has arrived a retry would say it again, and is paid for again.
        if (!error.retryable || error.partial !== null) return throwError(() => error);
        const wait = error.retryAfter ?? 250 * 2 ** attempt;
        console.log(`${error.code}: once more in ${wait} ms`);
        return timer(wait);
      },
    }),
    toCallResponse(),
    finalize(close),
  )
  .subscribe(({ content }) => console.log(content));

// prints: rate-limit: once more in 1000 ms
// prints: Hello to you.
