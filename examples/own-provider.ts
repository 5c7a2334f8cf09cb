/** A provider of your own in one file: here Ollama's own API, which is not Chat Completions. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finalize } from 'rxjs';
import { accumulate } from 'rx-llm/operators';
import { ollama } from './own-provider/ollama.ts';

/** What Ollama would send; with OLLAMA_HOST set the example asks a real one. */
const answer = ['The', ' sky', ' is', ' blue.'].map((content) => ({
  model: 'llama3.2',
  message: { role: 'assistant', content },
  done: false,
}));
const end = {
  model: 'llama3.2',
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 9,
  eval_count: 4,
};

const server = createServer((_request, response) => {
  for (const event of [...answer, end]) response.write(`${JSON.stringify(event)}\n`);
  response.end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host =
  process.env['OLLAMA_HOST'] ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const ask = ollama.call({ model: 'llama3.2', host }, (thing: string) => `What colour is ${thing}?`);

ask('the sky')
  .pipe(
    accumulate(),
    finalize(() => server.close()),
  )
  .subscribe(({ content, outputTokens }) => console.log(content, outputTokens ?? ''));

// prints: The sky
// prints: The sky is blue. 4
