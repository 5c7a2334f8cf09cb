/** Thoughts go back with the answer, signatures and all, where the API wants them: `messageParam` has them. */
import { finalize, switchMap, tap } from 'rxjs';
import { Messages, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Which is larger/ },
    response: { content: '9.9 is larger.', reasoning: 'Nine tenths are more.' },
  },
  {
    match: { userMessage: /^Why/ },
    response: { content: 'Nine tenths are more than eleven hundredths.' },
  },
);

const chat = llm.call(options, (history: readonly Wire['message'][], question: string) => [
  ...history,
  Messages.user(question),
]);

chat([], 'Which is larger, 9.9 or 9.11?')
  .pipe(
    toCallResponse(),
    tap(({ thinking }) => console.log('thought:', thinking)),
    tap(({ messageParam }) => console.log('goes back:', JSON.stringify(messageParam))),
    switchMap(({ messages, messageParam }) => chat([...messages, messageParam], 'Why?')),
    toCallResponse(),
    finalize(close),
  )
  .subscribe(({ content }) => console.log(content));

// prints with anthropic: goes back: {…Nine tenths are more.…"signature":…9.9 is larger.…}
// prints with bedrock, google, litellm, xai: goes back: {…Nine tenths are more.…9.9 is larger.…}
// prints with azure, cohere, groq, mistral, openai: goes back: {…9.9 is larger.…}
// prints: Nine tenths are more than eleven hundredths.
