/** `jsonMode` asks for JSON of whatever shape; `structured()` reads it, against a schema or none. */
import { filter, finalize } from 'rxjs';
import { structured } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /as a JSON object/ },
  response: { content: '{ "Oslo": 4, "Lima": 19, "unit": "degrees" }' },
});

// By the provider's JSON mode where it has one, by instructions elsewhere.
const ask = llm.call(
  { ...options, jsonMode: true },
  (...cities: readonly string[]) => `The weather in ${cities.join(' and ')} as a JSON object`,
);

ask('Oslo', 'Lima')
  .pipe(
    structured(),
    filter((answer) => answer.done),
    finalize(close),
  )
  .subscribe(({ value }) => console.log(value));

// prints: { Oslo: 4, Lima: 19, unit: 'degrees' }
