/** Tokens in terms that mean the same everywhere, the provider's own beside them, and sums over all steps. */
import { finalize } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools, toCallResponse } from 'rx-llm/operators';
import { publishedPrices } from 'rx-llm/prices';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /time/, hasToolResult: false },
    response: {
      toolCalls: [{ id: 'call_1', name: 'get_time', arguments: '{"city":"Lima"}' }],
    },
  },
  { match: { userMessage: /time/ }, response: { content: 'It is noon in Lima.' } },
);

const getTime = tool({
  name: 'get_time',
  parameters: z.object({ city: z.string() }),
  execute: () => '12:00',
});

const ask = llm.call(
  { ...options, tools: [getTime], prices: publishedPrices() },
  () => 'What time is it in Lima?',
);

ask()
  .pipe(runTools(), toCallResponse(), finalize(close))
  .subscribe((response) => {
    const { usage, commonUsage, steps, totalUsage, totalCost } = response;
    console.log('as the provider says it:', usage);
    // Input includes cached tokens, output includes reasoning; what nobody said is null.
    console.log('in common terms:', commonUsage);
    console.log(
      'of each step:',
      [...steps, response].map((step) => step.commonUsage?.totalTokens ?? null),
    );
    console.log('of all steps:', totalUsage);
    console.log('and their cost:', totalCost); // in dollars, where the model is on the price list
  });

// prints: as the provider says it: …
// prints: in common terms: …
// prints with openai, anthropic, google, xai, cohere, litellm, azure, bedrock: cachedTokens: null,
// prints: of each step: [ …, … ]
// prints: of all steps: …
// prints: and their cost: …
