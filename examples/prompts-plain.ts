/** Messages are plain objects, in common terms or in the provider's own shape, which reaches it untouched. */
import type { ChatCompletionMessageParam } from 'openai/resources';
import { concat, finalize } from 'rxjs';
import { openai } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend a fantasy book/ },
  response: { content: 'Arr, read "Treasure Island".' },
});

const inCommonTerms = llm.call(options, (genre: string) => [
  { role: 'system', content: 'You are a pirate.' },
  { role: 'user', content: [{ type: 'text', text: `Recommend a ${genre} book` }] },
]);

// Only OpenAI knows the role `developer` and a user's `name`, so only `openai` takes them.
const inOpenAITerms = openai.call(
  optionsFor(openai),
  (genre: string): readonly ChatCompletionMessageParam[] => [
    { role: 'developer', content: 'You are a pirate.' },
    { role: 'user', name: 'Jim', content: `Recommend a ${genre} book` },
  ],
);

concat(
  inCommonTerms('fantasy').pipe(toCallResponse()),
  inOpenAITerms('fantasy').pipe(toCallResponse()),
)
  .pipe(finalize(close))
  .subscribe(({ provider, messages, content }) => {
    console.log(`${provider} got`, JSON.stringify(messages));
    console.log(content);
  });

// prints: … got […Recommend a fantasy book…]
// prints: Arr, read "Treasure Island".
// prints: openai got [{"role":"developer",…},{"role":"user","name":"Jim",…}]
// prints: Arr, read "Treasure Island".
