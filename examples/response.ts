/** All that a response tells: the answer, why and when it ended, what was asked, and the next turn's messages. */
import { finalize } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend/ },
  response: { content: 'Read "Solaris".' },
});

const recommend = llm.call(
  { ...options, commonParams: { maxTokens: 100 }, metadata: { tag: 'books' } },
  (genre: string) => `Recommend a ${genre} book`,
);

recommend('science fiction')
  .pipe(toCallResponse(), finalize(close))
  .subscribe((response) => {
    // The totals are plain properties: logs and JSON show them, and nothing of the conversation.
    console.log(JSON.stringify(response, null, 2));

    // The rest is worked out when it is read.
    const { args, callParams, commonParams, messages, commonUserMessageParam } = response;
    const { messageParam, commonMessageParam } = response;
    console.log({ args, callParams, commonParams });
    console.log('sent:', messages);
    console.log('of it, what the user said:', commonUserMessageParam);
    console.log('the answer, for this provider:', messageParam);
    console.log('the answer, for any provider:', commonMessageParam);
    console.log('as if it had not streamed:', response.response);
    console.log(`as text: ${response}`);
  });

// prints: "content": "Read \"Solaris\".",
// prints: "interrupted": false,
// prints: "tag": "books"
// prints: args: [ 'science fiction' ],
// prints: callParams: {},
// prints: commonParams: { maxTokens: 100 }
// prints: sent: …
// prints: of it, what the user said: { role: 'user', content: 'Recommend a science fiction book' }
// prints: as text: Read "Solaris".
