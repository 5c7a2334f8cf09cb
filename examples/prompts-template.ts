/** A prompt that is a text: lines begin with roles, and the compiler knows the variables. */
import { finalize } from 'rxjs';
import { Messages, promptTemplate } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /Dune\nSolaris/ },
  response: { content: 'Try "The Left Hand of Darkness".' },
});

const librarian = promptTemplate(`
  SYSTEM: You are a {kind} librarian.
  MESSAGES: {history}
  USER:
  I am {reader.name} and have read:
  {books:list}

  What is next?
`);

const ask = llm.call(options, librarian);

// @ts-expect-error `reader` is missing, and `books` must be a list
void ask({ kind: 'friendly', history: [], books: 'Dune' });

ask({
  kind: 'friendly',
  reader: { name: 'Ada' },
  books: ['Dune', 'Solaris'],
  history: [Messages.user('Hello!'), Messages.assistant('Hello, what may it be?')],
})
  .pipe(toCallResponse(), finalize(close))
  .subscribe(({ promptTemplate: template, commonMessages, content }) => {
    console.log('made of', JSON.stringify(template));
    for (const message of commonMessages) console.log(JSON.stringify(message));
    console.log(content);
  });

// prints: made of "…SYSTEM: You are a {kind} librarian.\n…"
// prints: {"role":"system","content":"You are a friendly librarian."}
// prints: {"role":"user","content":"Hello!"}
// prints: {"role":"assistant","content":"Hello, what may it be?"}
// prints: {"role":"user","content":"I am Ada and have read:\nDune\nSolaris\n\nWhat is next?"}
// prints: Try "The Left Hand of Darkness".
