/** A conversation: what was sent and what was answered, as the provider has it, begin the next turn. */
import { finalize, from, map, mergeScan, tap } from 'rxjs';
import { Messages, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

/** Of OpenAI alone: `OpenAIWire['message']`. */
type OwnMessage = Wire['message'];

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Recommend/ }, response: { content: 'Read "Solaris".' } },
  { match: { userMessage: /^Who/ }, response: { content: 'Stanisław Lem wrote it.' } },
  { match: { userMessage: /^When/ }, response: { content: 'In 1961.' } },
);

const chat = llm.call(options, (history: readonly OwnMessage[], question: string) => [
  ...history,
  Messages.user(question),
]);

from(['Recommend a book', 'Who wrote it?', 'When?'])
  .pipe(
    // One turn after the other; the history lives in the subscription.
    mergeScan(
      (history: readonly OwnMessage[], question) =>
        chat(history, question).pipe(
          toCallResponse(),
          tap(({ content }) => console.log(`${question} ${content}`)),
          map(({ messages, messageParam }) => [...messages, messageParam]),
        ),
      [],
      1,
    ),
    finalize(close),
  )
  .subscribe((history) => console.log(`(${history.length} messages)`));

// prints: Recommend a book Read "Solaris".
// prints: Who wrote it? Stanisław Lem wrote it.
// prints: When? In 1961.
// prints: (6 messages)
