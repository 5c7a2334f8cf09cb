/** Tools that share state are made by a function: each conversation has a set of its own. */
import { finalize } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools, toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Put/, hasToolResult: false },
    response: {
      toolCalls: [
        { id: 'call_1', name: 'add_book', arguments: '{"title":"Dune"}' },
        { id: 'call_2', name: 'add_book', arguments: '{"title":"Solaris"}' },
      ],
    },
  },
  { match: { userMessage: /^Put/ }, response: { content: 'Both are on your list.' } },
);

/** A reading list, and the tools to keep it. What they say of themselves may depend on whose it is. */
const readingList = (reader: string) => {
  const titles: string[] = [];
  const addBook = tool({
    name: 'add_book',
    description: `Adds a book to the list of ${reader}`,
    parameters: z.object({ title: z.string() }),
    strict: true, // arguments to the letter, where the provider can
    execute: ({ title }) => `${reader} now has ${titles.push(title)} to read`,
  });
  const showList = tool({ name: 'show_list', parameters: z.object({}), execute: () => titles });
  return { titles, tools: [addBook, showList] };
};

const list = readingList('Ada');

const ask = llm.call({ ...options, tools: list.tools }, (request: string) => request);

ask('Put Dune and Solaris on my list')
  .pipe(runTools(), toCallResponse(), finalize(close))
  .subscribe(({ content }) => console.log(content, list.titles));

// prints: Both are on your list. [ 'Dune', 'Solaris' ]
