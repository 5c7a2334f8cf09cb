/** The shortest prompts: a function that gives one text, or the parts of one message. */
import { concat, finalize } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Recommend a fantasy book/ },
    response: { content: 'Read "A Wizard of Earthsea".' },
  },
  { match: { userMessage: /in this review/ }, response: { content: 'They loved it.' } },
);

const recommendBook = llm.call(options, (genre: string) => `Recommend a ${genre} book`);

const sumUp = llm.call(options, (review: string) => [
  { type: 'text', text: 'What do they say in this review?' },
  { type: 'text', text: review },
]);

concat(
  recommendBook('fantasy').pipe(toCallResponse()),
  sumUp('I read it in one night.').pipe(toCallResponse()),
)
  .pipe(finalize(close))
  .subscribe(({ content, userMessageParam }) => {
    console.log(content);
    console.log('is the answer to', JSON.stringify(userMessageParam));
  });

// prints: Read "A Wizard of Earthsea".
// prints: is the answer to {…Recommend a fantasy book…}
// prints: They loved it.
// prints: is the answer to {…in this review?…I read it in one night.…}
