/** What is known already the model is not asked for: `responseFields` are part of the value that is validated. */
import { filter, finalize } from 'rxjs';
import { structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Three titles/ },
  response: cannedValue({ titles: ['Dune', 'Solaris', 'Neuromancer'] }),
});

const ReadingList = z
  .object({ genre: z.string(), count: z.int(), titles: z.array(z.string()) })
  .refine(({ count, titles }) => titles.length === count, 'Not as many titles as wanted');

const recommend = llm.call(
  { ...options, responseModel: ReadingList },
  (genre: string, count: number) => ({
    messages: `${count === 3 ? 'Three' : count} titles of ${genre}`,
    responseFields: { genre, count },
  }),
);

recommend('science fiction', 3)
  .pipe(
    structured(),
    filter((list) => list.done),
    finalize(close),
  )
  .subscribe(({ value, response }) => {
    console.log(value);
    console.log('The model said only', response.content);
  });

// prints: genre: 'science fiction',
// prints: titles: [ 'Dune', 'Solaris', 'Neuromancer' ]
// prints: The model said only {"titles":["Dune","Solaris","Neuromancer"]}
