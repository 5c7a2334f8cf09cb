/** Parameters in common terms go to any provider under its own names; what it has besides goes as `callParams`. */
import { catchError, concat, EMPTY, finalize, last } from 'rxjs';
import { StreamError } from 'rx-llm';
import { openai } from 'rx-llm/openai';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend/ },
  response: { content: 'Read "A Wizard of Earthsea".' },
});

const recommendBook = (genre: string): string => `Recommend a ${genre} book`;

const brief = llm.call(
  {
    ...options,
    commonParams: { maxTokens: 100, stop: ['\n\n'] },
    metadata: { tags: ['books', 'v1'] },
  },
  recommendBook,
);

/** What a provider does not have it refuses, rather than leave it out: Anthropic has no `temperature`. */
const cool = llm.call({ ...options, commonParams: { temperature: 0 } }, recommendBook);

/** Parameters of OpenAI's SDK, with its types; they go before common ones. */
const own = openai.call(
  {
    ...optionsFor(openai),
    commonParams: { temperature: 0 },
    callParams: { temperature: 0.5, logprobs: true },
  },
  recommendBook,
);

const refused = (error: unknown) => {
  if (!(error instanceof StreamError)) throw error;
  console.log(`${error.code}: ${error.message}`);
  return EMPTY;
};

concat(
  brief('fantasy').pipe(last()),
  cool('fantasy').pipe(last(), catchError(refused)),
  own('fantasy').pipe(last()),
)
  .pipe(finalize(close))
  .subscribe(([chunk]) => console.log(chunk.call.request, chunk.call.metadata));

// prints with azure, groq, openai, xai: max_completion_tokens: 100,
// prints with anthropic, litellm: max_tokens: 100,
// prints: } { tags: [ 'books', 'v1' ] }
// prints with anthropic: unsupported: [anthropic]…temperature…
// prints: temperature: 0.5,
// prints: logprobs: true,
