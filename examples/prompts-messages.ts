/** A prompt of several messages: `Messages` makes them, in words that every provider understands. */
import { finalize } from 'rxjs';
import { Messages, type Message } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { systemMessage: 'librarian', userMessage: /^And a longer one/ },
  response: { content: 'Then read "The Lord of the Rings".' },
});

const chat = llm.call(options, (history: readonly Message[], question: string) => [
  Messages.system('You are a librarian. Answer in one sentence.'),
  ...history,
  Messages.user(question),
]);

const history = [
  Messages.user('Recommend a fantasy book'),
  Messages.assistant('Read "A Wizard of Earthsea".'),
];

chat(history, 'And a longer one?')
  .pipe(toCallResponse(), finalize(close))
  .subscribe(({ content, messages, commonMessages, commonMessageParam }) => {
    console.log(content);
    console.log(`In the terms of ${llm.provider.name}:`, JSON.stringify(messages));
    console.log('The next turn knows:');
    for (const message of [...commonMessages, commonMessageParam])
      console.log(JSON.stringify(message));
  });

// prints: Then read "The Lord of the Rings".
// prints: In the terms of …: […Earthsea…And a longer one?…]
// prints: The next turn knows:
// prints: {"role":"system","content":"You are a librarian. Answer in one sentence."}
// prints: {"role":"assistant",…The Lord of the Rings…}
