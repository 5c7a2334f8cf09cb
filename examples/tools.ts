/** Tools arrive whole and typed, are run, and their results go back for the next turn. */
import { finalize, forkJoin, map, switchMap, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { openai, type OpenAIMessage } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { connection, close } = await exampleEndpoint(
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

const options = { model: 'gpt-4o-mini', tools: [weather], ...connection } as const;
const ask = openai.call(options, () => 'Compare the weather in Oslo and Lima');
const proceed = openai.call(options, (history: readonly OpenAIMessage[]) => history);

ask()
  .pipe(
    tap(
      ([, called]) =>
        called && console.log('called:', called.name, called.args ?? called.error.message),
    ),
    toCallResponse(),
    switchMap((response) =>
      forkJoin(
        response.tools.map((called) =>
          called.call().pipe(map((output) => [called, output] as const)),
        ),
      ).pipe(
        switchMap((outputs) =>
          proceed([
            ...response.messages,
            response.messageParam,
            ...response.toolMessageParams(outputs),
          ]),
        ),
      ),
    ),
    finalize(close),
  )
  .subscribe({
    next: ([chunk]) => process.stdout.write(chunk.content),
    complete: () => console.log(),
  });
