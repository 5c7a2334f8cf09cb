/** One prompt, several providers: `.with` takes a call to another one, and they answer side by side. */
import { finalize, forkJoin } from 'rxjs';
import { anthropic } from 'rx-llm/anthropic';
import { google } from 'rx-llm/google';
import { openai } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend a fantasy book/ },
  response: ({ model }) => ({ content: `${model} says: read "A Wizard of Earthsea".` }),
});

const recommendBook = openai.call(
  {
    ...optionsFor(openai),
    commonParams: { maxTokens: 200 },
    callParams: { service_tier: 'auto' },
  },
  (genre: string) => `Recommend a ${genre} book`,
);

// `commonParams` go along. `callParams` are OpenAI's and stay behind, so something must take their place.
const asClaude = recommendBook.with(anthropic, { ...optionsFor(anthropic), callParams: {} });
const asGemini = recommendBook.with(google, {
  ...optionsFor(google),
  callParams: { thinkingConfig: { thinkingBudget: 0 } },
});
const asAnyOther = recommendBook.with(llm, { ...options, callParams: {} });

const calls = [recommendBook, asClaude, asGemini, asAnyOther];

forkJoin(calls.map((call) => call('fantasy').pipe(toCallResponse())))
  .pipe(finalize(close))
  .subscribe((responses) => {
    for (const { content, commonParams, callParams } of responses)
      console.log(content, commonParams, callParams);
  });

// prints: gpt-4o-mini says: read "A Wizard of Earthsea". { maxTokens: 200 } { service_tier: 'auto' }
// prints: claude-sonnet-5 says: read "A Wizard of Earthsea". { maxTokens: 200 } {}
// prints: gemini-2.5-flash says: … { maxTokens: 200 } { thinkingConfig: { thinkingBudget: 0 } }
// prints: … says: read "A Wizard of Earthsea". { maxTokens: 200 } {…}
