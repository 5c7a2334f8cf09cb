/** An answer that does not fit goes back to the model, with what is wrong with it, until it fits. */
import { defer, filter, finalize, of, retry, throwError } from 'rxjs';
import { Messages, type StreamError } from 'rx-llm';
import { structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Dune/ }, response: cannedValue({ title: 'Dune', year: 'sixties' }) },
  { match: { userMessage: /does not fit/ }, response: cannedValue({ title: 'Dune', year: 1965 }) },
);

const Book = z.object({ title: z.string(), year: z.number() });

const extract = llm.call(
  { ...options, responseModel: Book },
  (text: string, failed: StreamError | null) =>
    failed?.output
      ? [
          Messages.user(text),
          Messages.assistant(failed.output.text),
          Messages.user(`${failed.detail}. Give all of it again, corrected.`),
        ]
      : [Messages.user(text)],
);

const extractBook = (text: string) =>
  defer(() => {
    let failed: StreamError | null = null;
    return defer(() => extract(text, failed)).pipe(
      structured(),
      retry({
        count: 2,
        delay: (error: StreamError) => {
          if (error.output === null) return throwError(() => error);
          console.log(`sent back: ${error.output.issues.map(({ message }) => message).join()}`);
          failed = error;
          return of(null);
        },
      }),
    );
  });

extractBook('Dune came out in the sixties.')
  .pipe(
    filter((book) => book.done),
    finalize(close),
  )
  .subscribe(({ value }) => console.log(value));

// prints: sent back: …expected number…
// prints: { title: 'Dune', year: 1965 }
