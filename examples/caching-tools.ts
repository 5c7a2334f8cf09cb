/** Tools have the mark as well: `cacheControl` on the last of many has all of them cached. */
import { catchError, finalize, last, throwError } from 'rxjs';
import { StreamError, tool } from 'rx-llm';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, place, close } = await exampleEndpoint({
  match: { userMessage: /^Hello/ },
  response: { content: 'Hello, what may I do?' },
});

const parameters = z.object({ title: z.string() });

/** Imagine a hundred of them. */
const toolsWith = (cacheControl: boolean) => [
  tool({ name: 'lend', parameters }),
  tool({ name: 'order', parameters, cacheControl }),
];

const greet = llm.call(options, (cacheControl: boolean) => ({
  messages: 'Hello',
  tools: toolsWith(cacheControl),
}));

/** The embedded server does not know Bedrock's mark, which the service does. */
const isKnown = place === null || llm.provider.name !== 'bedrock';

// Anthropic, Bedrock and LiteLLM have marks for tools; the others cache as they see fit.
greet(isKnown)
  .pipe(
    catchError((error: unknown) => {
      if (!(error instanceof StreamError && error.code === 'unsupported'))
        return throwError(() => error);
      console.log(error.message);
      return greet(false);
    }),
    last(),
    finalize(close),
  )
  .subscribe(([{ call }]) => console.log(JSON.stringify(call.request)));

// prints with anthropic, litellm: {…"order"…"cache_control":{"type":"ephemeral"}…}
// prints with bedrock: {…"order"…}
// prints with azure, cohere, google, groq, mistral, openai, xai: […] This API does not take cacheControl…
