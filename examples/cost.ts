/** What a call costs: live while it streams, with its parts and its prices' date at the end, or not known. */
import { concat, distinctUntilChanged, finalize, map } from 'rxjs';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import { publishedPrices } from 'rx-llm/prices';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Why/ },
  response: { content: 'Air scatters blue light more than red light.' },
});

const ask = llm.call({ ...options, prices: publishedPrices() }, (question: string) => question);

const question = 'Why is the sky blue?';

/** As soon as the provider says what was used: for some at the end, for some with every chunk. */
const live = ask(question).pipe(
  accumulate(),
  map(({ cost }) => cost),
  distinctUntilChanged(),
  map((cost) => ['so far:', cost]),
);

const whole = ask(question).pipe(
  toCallResponse(),
  map(({ costMetadata }) => ['in all:', costMetadata]),
);

/** A model that is not on the list costs `null`, never 0 or a guess. */
const unknown = ask
  .with(llm, { ...options, model: 'our-own-model' })(question)
  .pipe(
    toCallResponse(),
    map(({ cost }) => ['a model that is not on the list:', cost]),
  );

concat(live, whole, unknown)
  .pipe(finalize(close))
  .subscribe((line) => console.log(...line));

// prints with openai, xai, litellm, azure, cohere, bedrock: so far: null
// prints with openai, anthropic, google, xai, cohere, litellm, azure, bedrock: source: '@pydantic/genai-prices',
// prints with openai, anthropic, google, xai, cohere, litellm, azure, bedrock: pricesDate: null
// prints: a model that is not on the list: null
