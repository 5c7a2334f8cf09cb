/** A call is one request for each subscriber; shared it is one for all, and who comes late misses nothing. */
import { concat, finalize, forkJoin, map, of, share, shareReplay, type Observable } from 'rxjs';
import type { StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Name/ },
  response: { content: 'Ganymede.' },
});

const ask = llm.call(options, () => {
  console.log('(a request)'); // prompts run once for each
  return 'Name the largest moon';
});

const answerIn = (stream: Observable<StreamTuple>): Observable<string> =>
  stream.pipe(
    toCallResponse(),
    map(({ content }) => content),
  );

const cold = ask();
const shared = ask().pipe(share());
/** With `refCount` the connection closes when the last reader leaves. */
const replayed = ask().pipe(shareReplay({ bufferSize: Infinity, refCount: true }));

concat(
  of('Two readers:'),
  forkJoin([answerIn(cold), answerIn(cold)]),
  of('Two readers who share:'),
  forkJoin([answerIn(shared), answerIn(shared)]),
  of('A reader, and one who comes when all is over:'),
  answerIn(replayed),
  answerIn(replayed),
)
  .pipe(finalize(close))
  .subscribe((line) => console.log(line));

// prints: Two readers:
// prints: (a request)
// prints: (a request)
// prints: [ 'Ganymede.', 'Ganymede.' ]
// prints: Two readers who share:
// prints: (a request)
// prints: [ 'Ganymede.', 'Ganymede.' ]
// prints: A reader, and one who comes when all is over:
// prints: (a request)
// prints: Ganymede.
// prints: Ganymede.
