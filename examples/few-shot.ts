/** Examples show a model what is wanted: in the schema of its answer, and as turns of a conversation. */
import { filter, finalize } from 'rxjs';
import { Messages, responseModel } from 'rx-llm';
import { structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /Solaris/ },
  response: cannedValue({ title: 'SOLARIS', author: 'Lem, S.' }, 'book'),
});

const Book = z.object({
  title: z.string().meta({ description: 'In capitals', examples: ['THE HOBBIT'] }),
  author: z.string().meta({ description: 'As in a catalogue', examples: ['Tolkien, J. R. R.'] }),
});

const extract = llm.call(
  // `strict` has the provider follow the schema to the letter. By default it is asked to where the schema
  // allows it, as this one does.
  { ...options, responseModel: responseModel(Book, { name: 'book', strict: true }) },
  (text: string) => [
    Messages.user('I liked The Name of the Rose, by Umberto Eco'),
    Messages.assistant(JSON.stringify({ title: 'THE NAME OF THE ROSE', author: 'Eco, U.' })),
    Messages.user(text),
  ],
);

extract('I liked Solaris, by Stanisław Lem')
  .pipe(
    structured(),
    filter((book) => book.done),
    finalize(close),
  )
  .subscribe(({ value, response }) => {
    console.log(value);
    console.log(response.commonMessages.length, 'messages were sent');
  });

// prints: { title: 'SOLARIS', author: 'Lem, S.' }
// prints: 3 messages were sent
