/** A chain across two providers: each step has the types of its own SDK, and all of them are inferred. */
import { finalize, map, switchMap } from 'rxjs';
import { anthropic } from 'rx-llm/anthropic';
import { openai } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { optionsFor, close } = await exampleEndpoint(
  { match: { userMessage: /^Write/ }, response: { content: 'Rivers carry mountains.' } },
  { match: { userMessage: /^Review/ }, response: { content: 'True, and well put.' } },
);

const write = openai.call(optionsFor(openai), (topic: string) => `Write a line on ${topic}`);
const review = anthropic.call(optionsFor(anthropic), (line: string) => `Review this: ${line}`);

write('erosion')
  .pipe(
    toCallResponse(),
    switchMap((written) =>
      review(written.content).pipe(
        toCallResponse(),
        map((reviewed) => ({ written, reviewed })),
      ),
    ),
    finalize(close),
  )
  .subscribe(({ written, reviewed }) => {
    console.log(`"${written.content}" ${reviewed.content}`);
    // OpenAI's names, then Anthropic's: to mix them up does not compile.
    console.log(written.response.choices[0]?.finish_reason, reviewed.response.stop_reason);
    console.log(written.usage?.prompt_tokens, reviewed.usage?.input_tokens);
  });

// prints: "Rivers carry mountains." True, and well put.
// prints: stop end_turn
