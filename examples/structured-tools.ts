/** Tools and an object in one call: the model looks up what it needs, and its last answer is the value. */
import { filter, finalize } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools, structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /warmest/, hasToolResult: false },
    response: {
      toolCalls: [
        { id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' },
        { id: 'call_2', name: 'get_weather', arguments: '{"city":"Lima"}' },
      ],
    },
  },
  { match: { userMessage: /warmest/ }, response: cannedValue({ city: 'Lima', celsius: 19 }) },
);

const weather = tool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: city === 'Oslo' ? 4 : 19 }),
});

const Warmest = z.object({ city: z.string(), celsius: z.number() });

const findWarmest = llm.call(
  { ...options, tools: [weather], responseModel: Warmest },
  (...cities: readonly string[]) => `Which is the warmest of ${cities.join(', ')}?`,
);

findWarmest('Oslo', 'Lima')
  .pipe(
    runTools(),
    structured(),
    filter((answer) => answer.done),
    finalize(close),
  )
  .subscribe(({ value, response }) => {
    console.log(value);
    console.log(
      'asked before:',
      response.steps.flatMap(({ tools }) => tools.map(({ args }) => args)),
    );
  });

// prints: { city: 'Lima', celsius: 19 }
// prints: asked before: [ { city: 'Oslo' }, { city: 'Lima' } ]
