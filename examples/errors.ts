/** Whatever fails arrives as one error that says what, where, whether to retry, and what had arrived. */
import { EMPTY, finalize, retry, timer, type MonoTypeOperatorFunction } from 'rxjs';
import { StreamError } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const busy = { message: 'The engine is overloaded', type: 'server_error' };
const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Hello/, sequenceIndex: 0 }, response: { error: busy, status: 503 } },
  { match: { userMessage: /^Hello/ }, response: { content: 'Hello to you.' } },
);

/** Retrying is an operator, so it is visible, and cancellable like everything else. */
const patiently = <T>(): MonoTypeOperatorFunction<T> =>
  retry({
    count: 3,
    delay: (error: StreamError) => {
      console.log(`${error.code} (status ${error.status}): ${error.message}`);
      console.log(`(the SDK said so by its ${(error.cause as Error).constructor.name})`);
      return error.retryable ? timer(error.retryAfter ?? 200) : EMPTY;
    },
  });

const greet = llm.call(options, () => 'Hello');

greet()
  .pipe(patiently(), toCallResponse(), finalize(close))
  .subscribe({
    next: ({ content }) => console.log(content),
    error: (error: unknown) => {
      if (!(error instanceof StreamError)) throw error;
      console.error(`${error.message}\nArrived before: "${error.partial?.content ?? ''}"`);
    },
  });

// prints: overloaded (status 503): […] 503 …
// prints: (the SDK said so by its …)
// prints: Hello to you.
