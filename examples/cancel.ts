/** Unsubscribing closes the connection: here because a newer question makes the older one useless. */
import { BehaviorSubject, finalize, map, switchMap } from 'rxjs';
import { accumulate } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, nextClose, closeSeenBy, close } = await exampleEndpoint(
  {
    match: { userMessage: 'Norway' },
    response: { content: 'Norway is a long country. '.repeat(20) },
  },
  { match: { userMessage: 'Chile' }, response: { content: 'Chile is longer still.' } },
);

const describe = llm.call(options, (country: string) => `Describe ${country} in one sentence`);

let left = 0;
nextClose.subscribe((closed) =>
  console.log(`${closeSeenBy} ${(closed - left).toFixed(1)} ms after the question changed`),
);

/** What a user asks, with a second thought in the middle of the answer. */
const questions = new BehaviorSubject('Norway');

questions
  .pipe(
    switchMap((country) => describe(country).pipe(accumulate())),
    map(({ content }) => content),
    finalize(close),
  )
  .subscribe((content) => {
    console.log(content.slice(-60));
    if (left > 0 || content.length < 40) return;
    left = performance.now();
    questions.next('Chile');
    questions.complete();
  });

// prints: The server saw … close … ms after the question changed
// prints: Chile is longer still.
