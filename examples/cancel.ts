/** Unsubscribing closes the connection: here because a newer question makes the older one useless. */
import { concat, delay, finalize, map, of, switchMap, tap } from 'rxjs';
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

/** What a user types, with a second thought. */
const questions = concat(of('Norway'), of('Chile').pipe(delay(600)));

questions
  .pipe(
    tap(() => (left = performance.now())),
    switchMap((country) => describe(country).pipe(accumulate())),
    map(({ content }) => content),
    finalize(close),
  )
  .subscribe({ next: (content) => console.log(content.slice(-60)) });
