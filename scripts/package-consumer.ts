// A user's program. check-package.ts compiles it against the packed package, as an ES module and as
// CommonJS, and runs it where no SDK is installed.
import type { Observable } from 'rxjs';
import { StreamError, tool } from 'rx-llm';
import { openai, type OpenAIResponse } from 'rx-llm/openai';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';

const forecast = tool({
  name: 'forecast',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  execute: ({ city }: { city: string }) => `Rain in ${city}`,
});

const ask = openai.call(
  { model: 'gpt-4o-mini', tools: [forecast] },
  (city: string) => `What is the weather in ${city}?`,
);

const answer: Observable<OpenAIResponse> = ask('Oslo').pipe(
  takeUntilContains('END'),
  toCallResponse(),
);

answer.subscribe({
  error: (error: unknown) => {
    // The class that operators and providers throw is the one that users import.
    console.log(error instanceof StreamError ? error.code : error);
  },
});
