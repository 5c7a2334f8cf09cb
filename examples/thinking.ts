/** What a model thinks before it answers is `chunk.thinking`, apart from the text. */
import { finalize } from 'rxjs';
import type { MessageParams } from 'rx-llm/anthropic';
import type { GoogleParams } from 'rx-llm/google';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const thoughts = 'Nine tenths are more than eleven hundredths. ';
const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Which is larger/ },
  response: ({ model }) => ({
    content: '9.9 is larger.',
    // The embedded server has no place for thoughts on Mistral's wire, and on Cohere's it sends them as text.
    ...(!/^(command|magistral)/.test(model) && { reasoning: thoughts }),
  }),
});

/**
 * Who must be asked to show them, each in its own terms, and which models have any. OpenAI's API shows none
 * over Chat Completions; the embedded server does.
 */
const thinker: { readonly [provider: string]: { model?: string; callParams?: object } } = {
  anthropic: {
    callParams: { thinking: { type: 'adaptive', display: 'summarized' } } satisfies MessageParams,
  },
  google: { callParams: { thinkingConfig: { includeThoughts: true } } satisfies GoogleParams },
  groq: { model: 'openai/gpt-oss-20b' },
  mistral: { model: 'magistral-small-latest' },
  cohere: { model: 'command-a-reasoning-08-2025' },
};

const ask = llm.call(
  { ...options, ...thinker[llm.provider.name] },
  (one: number, other: number) => `Which is larger, ${one} or ${other}?`,
);

let kind = '';
ask(9.9, 9.11)
  .pipe(finalize(close))
  .subscribe({
    next: ([{ thinking, content }]) => {
      const heading = thinking ? 'Thinking: ' : content ? '\nAnswer: ' : kind;
      if (heading !== kind) process.stdout.write((kind = heading));
      process.stdout.write(thinking || content);
    },
    complete: () => console.log(),
  });

// prints with anthropic, azure, bedrock, google, groq, litellm, openai, xai: Thinking: Nine tenths are more than eleven hundredths.
// prints: Answer: 9.9 is larger.
