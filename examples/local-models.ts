/** A model on your own machine, or any service that speaks Chat Completions: a name and an address are enough. */
import { finalize } from 'rxjs';
import { compatible } from 'rx-llm/compatible';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { place, close } = await exampleEndpoint({
  match: { userMessage: /^Why/ },
  response: { content: 'Air scatters blue light.' },
});

const vllm = compatible({ name: 'vllm', baseURL: `${place ?? 'http://localhost:8000'}/v1` });

const ask = vllm.call(
  { model: 'llama-3.2', clientOptions: { apiKey: 'local-demo' } }, // whatever it was started with
  (question: string) => question,
);

ask('Why is the sky blue?')
  .pipe(toCallResponse(), finalize(close))
  .subscribe(({ provider, content }) => console.log(`${provider}: ${content}`));

// prints: vllm: Air scatters blue light.
