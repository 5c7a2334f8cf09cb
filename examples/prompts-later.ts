/** A prompt may give its text later: from a Promise, or an Observable such as another call. */
import { readFile } from 'node:fs/promises';
import { concat, finalize, map } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Who wrote "Solaris"/ }, response: { content: 'Stanisław Lem' } },
  { match: { userMessage: /Stanisław Lem/ }, response: { content: 'Then read "Fiasco".' } },
  { match: { userMessage: /"rxjs"/ }, response: { content: 'It needs RxJS 7.8.' } },
);

const askPackage = llm.call(options, async (question: string) => {
  const manifest = await readFile('package.json', 'utf8');
  return `${question}\n\n${manifest}`;
});

const findAuthor = llm.call(options, (title: string) => `Who wrote "${title}"? The name only.`);

/** A call within a prompt: one request after the other, and unsubscribing cancels whichever runs. */
const recommendMore = llm.call(options, (title: string) =>
  findAuthor(title).pipe(
    toCallResponse(),
    map(({ content }) => ({
      messages: `Recommend another book by ${content}`,
      metadata: { author: content },
    })),
  ),
);

concat(
  askPackage('Which RxJS does this package need?').pipe(toCallResponse()),
  recommendMore('Solaris').pipe(toCallResponse()),
)
  .pipe(finalize(close))
  .subscribe(({ content, metadata }) => console.log(content, metadata));

// prints: It needs RxJS 7.8. {}
// prints: Then read "Fiasco". { author: 'Stanisław Lem' }
