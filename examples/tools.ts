/** Tools arrive whole and typed, run, and their results go back until the model has an answer. */
import { finalize, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { runTools } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /weather/, hasToolResult: false },
    response: {
      toolCalls: [
        { id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' },
        { id: 'call_2', name: 'get_weather', arguments: '{"city":"Lima"}' },
      ],
    },
  },
  {
    match: { userMessage: /weather/ },
    response: { content: 'Oslo has 4 degrees and Lima 19, so Lima is warmer by 15.' },
  },
);

const weather = tool({
  name: 'get_weather',
  description: 'Current temperature of a city, in degrees Celsius',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: city === 'Oslo' ? 4 : 19 }),
});

const ask = llm.call(
  { ...options, tools: [weather] },
  () => 'Compare the weather in Oslo and Lima',
);

ask()
  .pipe(
    tap(
      ([, called]) =>
        called && console.log('called:', called.name, called.args ?? called.error.message),
    ),
    runTools({ maxSteps: 5 }),
    finalize(close),
  )
  .subscribe({
    next: ([chunk]) => process.stdout.write(chunk.content),
    complete: () => console.log(),
  });

// prints: called: get_weather { city: 'Oslo' }
// prints: called: get_weather { city: 'Lima' }
// prints: Oslo has 4 degrees and Lima 19, so Lima is warmer by 15.
