/** `cacheControl` marks what is worth caching, where the provider has such a mark; elsewhere it is an error. */
import { catchError, finalize, throwError } from 'rxjs';
import { Messages, StreamError, type ErrorCode } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /How does it end/ },
  response: { content: 'With the whale.' },
});

/** Imagine the whole of it. In templates the mark is `{:cache_control}`; tools can have one as well. */
const book = 'Call me Ishmael. Some years ago…';

const ask = llm.call(options, (question: string, cacheControl: boolean) => [
  Messages.system('You know this book by heart:', { type: 'text', text: book, cacheControl }),
  Messages.user(question),
]);

const question = 'How does it end?';

/** Without a mark at the provider, or with a model that does not know it. */
const codes: readonly ErrorCode[] = ['unsupported', 'invalid-request'];

// Anthropic, Bedrock, LiteLLM and OpenAI (from GPT-5.6 on) have marks; the others cache as they see fit.
ask(question, true)
  .pipe(
    catchError((error: unknown) => {
      if (!(error instanceof StreamError && codes.includes(error.code)))
        return throwError(() => error);
      console.log(error.message);
      return ask(question, false);
    }),
    toCallResponse(),
    finalize(close),
  )
  .subscribe(({ messages, content, cachedTokens }) => {
    console.log(JSON.stringify(messages[0]));
    console.log(content, `(tokens from the cache: ${cachedTokens ?? 'not said'})`);
  });

// prints with anthropic, litellm: {…"cache_control":{"type":"ephemeral"}…}
// prints with openai: {…"prompt_cache_breakpoint":{"mode":"explicit"}…}
// prints with bedrock: {…{"cachePoint":{"type":"default"}}…}
// prints with azure, cohere, google, groq, mistral, xai: […] This API does not take cacheControl…
// prints: With the whale. (tokens from the cache: …)
