/** A conversation in common terms goes on with another provider. */
import { finalize, from, map, mergeScan, tap, type Observable } from 'rxjs';
import { Messages, type Message, type StreamTuple } from 'rx-llm';
import { anthropic } from 'rx-llm/anthropic';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint(
  { match: { userMessage: /^Recommend/ }, response: { content: 'Read "Solaris".' } },
  { match: { userMessage: /^Who/ }, response: { content: 'Stanisław Lem wrote it.' } },
);

/** What all providers have in common. */
type Chat = (history: readonly Message[]) => Observable<StreamTuple>;

const chat = llm.call(options, (history: readonly Message[]) => history);
const chatWithClaude = chat.with(anthropic, optionsFor(anthropic));

const turns: readonly { readonly say: string; readonly to: Chat }[] = [
  { say: 'Recommend a book', to: chat },
  { say: 'Who wrote it?', to: chatWithClaude },
];

from(turns)
  .pipe(
    mergeScan(
      (history: readonly Message[], { say, to }) => {
        const asked = [...history, Messages.user(say)];
        return to(asked).pipe(
          toCallResponse(),
          tap(({ content, provider }) => console.log(`${say} ${content} (${provider})`)),
          map(({ commonMessageParam }) => [...asked, commonMessageParam]),
        );
      },
      [],
      1,
    ),
    finalize(close),
  )
  .subscribe((history) => console.log(history.map(({ role }) => role).join(', ')));

// prints: Recommend a book Read "Solaris". (…)
// prints: user, assistant
// prints: Who wrote it? Stanisław Lem wrote it. (anthropic)
// prints: user, assistant, user, assistant
