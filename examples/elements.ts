/** A list is read element by element: each comes, validated, as it closes. */
import { concat, finalize, tap } from 'rxjs';
import { elements } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Name three books/ },
  response: cannedValue({
    value: [
      { title: 'Dune', year: 1965 },
      { title: 'Beowulf', year: 'about 1000' },
      { title: 'Solaris', year: 1961 },
    ],
  }),
});

const Book = z.object({ title: z.string(), year: z.int() });

const list = llm.call({ ...options, responseModel: z.array(Book) }, () => 'Name three books');

concat(
  list().pipe(
    // By default an element that does not fit is an error.
    elements(Book, { onInvalid: 'report' }),
    tap((book) => {
      if (book.valid) console.log(book.value.title, book.value.year);
      else console.log(`number ${book.index}:`, book.issues);
    }),
  ),
  list().pipe(
    elements(Book, { onInvalid: 'skip' }),
    tap(({ title }) => console.log(title)),
  ),
)
  .pipe(finalize(close))
  .subscribe();

// prints: Dune 1965
// prints: number 1: …
// prints: path: [ 'year' ],
// prints: Solaris 1961
// prints: Dune
// prints: Solaris
