/** A client of the SDK's own, with whatever it can do, and options of one request. */
import { concat, finalize } from 'rxjs';
import { anthropic } from 'rx-llm/anthropic';
import { openai } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

// These two, whatever `--provider` says; all providers take their SDK's client.
const { optionsFor, close } = await exampleEndpoint({
  match: { userMessage: /^Say hello/ },
  response: { content: 'Hello!' },
});
const { model: gpt, clientOptions: openaiOptions } = optionsFor(openai);
const { model: claude, clientOptions: anthropicOptions } = optionsFor(anthropic);

const greeting = (): string => 'Say hello';

/** SDKs take a `fetch` of one's own: this one tells of its requests. */
const tellingFetch: typeof fetch = (url, init) => {
  const { pathname } = new URL(url instanceof Request ? url.url : url);
  console.log(pathname, 'x-trace:', new Headers(init?.headers).get('x-trace'));
  return fetch(url, init);
};

// A client, or a function that is asked for one at each subscription, when keys may have changed.
const client = async () => {
  const { OpenAI } = await import('openai');
  return new OpenAI({ ...openaiOptions, fetch: tellingFetch });
};
const askGpt = openai.call(
  { model: gpt, client, requestOptions: { headers: { 'x-trace': '42' }, timeout: 30_000 } },
  greeting,
);

// Or the options to make one with.
const askClaude = anthropic.call(
  { model: claude, clientOptions: { ...anthropicOptions, fetch: tellingFetch } },
  greeting,
);

concat(askGpt().pipe(toCallResponse()), askClaude().pipe(toCallResponse()))
  .pipe(finalize(close))
  .subscribe(({ provider, content }) => console.log(`${provider}: ${content}`));

// prints: /v1/chat/completions x-trace: 42
// prints: openai: Hello!
// prints: /v1/messages x-trace: null
// prints: anthropic: Hello!
