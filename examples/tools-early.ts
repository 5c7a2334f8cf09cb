/** With `start: 'call'` a tool runs as soon as its call is whole, while the model is still writing. */
import { finalize, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const weatherOf = (id: string, city: string) =>
  ({ type: 'toolCall', id, name: 'get_weather', arguments: JSON.stringify({ city }) }) as const;
const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /weather/, hasToolResult: false },
    response: { blocks: [weatherOf('call_1', 'Oslo'), weatherOf('call_2', 'Lima')] },
  },
  { match: { userMessage: /weather/ }, response: { content: 'Lima is warmer.' } },
);

const weather = tool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => {
    console.log(`running for ${city}`);
    return { city, celsius: city === 'Oslo' ? 4 : 19 };
  },
});

const ask = llm.call(
  { ...options, tools: [weather] },
  () => 'Compare the weather in Oslo and Lima',
);

ask()
  .pipe(
    tap(([chunk]) => {
      if (chunk.commonFinishReasons?.[0] === 'tool_calls') console.log('the turn has ended');
    }),
    runTools({ start: 'call' }),
    finalize(close),
  )
  .subscribe({
    next: ([chunk]) => process.stdout.write(chunk.content),
    complete: () => console.log(),
  });

// Over Chat Completions no call is known to be whole before the turn has ended.
// prints with anthropic, bedrock, cohere, google: running for Oslo
// prints with anthropic, bedrock, cohere: running for Lima
// prints: the turn has ended
// prints with azure, groq, litellm, mistral, openai, xai: running for Oslo
// prints with azure, google, groq, litellm, mistral, openai, xai: running for Lima
// prints: Lima is warmer.
