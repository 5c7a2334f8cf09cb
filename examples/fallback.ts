/** Another provider takes over: where the first one fails, or before that, when it takes too long. */
import { catchError, concat, finalize, map, race, switchMap, throwError, timer } from 'rxjs';
import { StreamError } from 'rx-llm';
import { anthropic } from 'rx-llm/anthropic';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, optionsFor, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Why/, sequenceIndex: 0 },
    response: { error: { message: 'No capacity' }, status: 503 },
  },
  { match: { userMessage: /^Why/ }, response: { content: 'Air scatters blue light.' } },
);

const ask = llm.call(options, (question: string) => question);
const askClaude = ask.with(anthropic, optionsFor(anthropic));

const question = 'Why is the sky blue?';

const failingOver = ask(question).pipe(
  catchError((error: unknown) => {
    if (!(error instanceof StreamError && error.retryable)) return throwError(() => error);
    console.log(`${error.code}: Claude is asked instead`);
    return askClaude(question);
  }),
  toCallResponse(), // of one provider or the other, and typed so
);

/** The other one is asked after two seconds without an answer; who comes second is left. */
const racing = race(ask(question), timer(2000).pipe(switchMap(() => askClaude(question)))).pipe(
  toCallResponse(),
);

concat(failingOver, racing)
  .pipe(
    map(({ provider, content }) => `${provider}: ${content}`),
    finalize(close),
  )
  .subscribe((line) => console.log(line));

// prints: overloaded: Claude is asked instead
// prints: anthropic: Air scatters blue light.
// prints: …: Air scatters blue light.
