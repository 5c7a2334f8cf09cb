/** An answer that is a value: partial while it arrives, whole and validated at the end. */
import { finalize } from 'rxjs';
import { structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /Frank Herbert/ },
  response: cannedValue({ title: 'Dune', author: 'Frank Herbert', year: 1965 }),
});

const Book = z.object({ title: z.string(), author: z.string(), year: z.int() });

const extractBook = llm.call({ ...options, responseModel: Book }, (text: string) => text);

extractBook('Dune, by Frank Herbert, came out in 1965')
  .pipe(structured(), finalize(close))
  .subscribe((book) => {
    // All of `partial` is optional, texts may be cut; `value` is a Book.
    if (!book.done) console.log(book.partial.title ?? '…', book.partial.author ?? '…');
    else console.log(book.value, `${book.response.outputTokens} tokens`);
  });

// prints: … …
// prints: Dune Frank Herbert
// prints: { title: 'Dune', author: 'Frank Herbert', year: 1965 } … tokens
