/** An output parser is a function of text: `map` applies it to the whole answer, or to each line as it comes. */
import { concat, filter, finalize, map, type Observable } from 'rxjs';
import { lines, textDeltas, toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

interface Book {
  readonly title: string;
  readonly author: string;
}

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Three/ },
  response: {
    content: 'Dune by Frank Herbert\nSolaris by Stanisław Lem\nKindred by Octavia Butler',
  },
});

const ask = llm.call(
  options,
  (genre: string) => `Three ${genre} books, each on a line: title by author`,
);

const bookIn = (line: string): Book => {
  const [title = '', author = ''] = line.trim().split(' by ');
  return { title, author };
};

/** Parsed at the end: a function of the same arguments that gives books. */
const listBooks = (genre: string): Observable<readonly Book[]> =>
  ask(genre).pipe(
    toCallResponse(),
    map(({ content }) => content.split('\n').map(bookIn)),
  );

/** Parsed while it streams: each book as its line completes. */
const streamBooks = (genre: string): Observable<Book> =>
  ask(genre).pipe(
    textDeltas(),
    lines(),
    filter((line) => line.trim() !== ''),
    map(bookIn),
  );

concat(listBooks('science fiction'), streamBooks('science fiction'))
  .pipe(finalize(close))
  .subscribe((parsed) => console.log(parsed));

// prints: { title: 'Dune', author: 'Frank Herbert' },
// prints: { title: 'Kindred', author: 'Octavia Butler' }
// prints: ]
// prints: { title: 'Dune', author: 'Frank Herbert' }
