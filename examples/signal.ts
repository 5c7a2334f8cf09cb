/** Ended from elsewhere: by a signal, or by a timeout. The error carries what had arrived. */
import { catchError, concat, finalize, of, tap, throwError, timeout, type Observable } from 'rxjs';
import { StreamError, type StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Tell/ },
  response: { content: 'And then it rained. '.repeat(100) },
});

/** As a server does whose client may leave: `request.signal` is the one to hand on. */
const tell = (topic: string, signal: AbortSignal): Observable<StreamTuple> =>
  llm.call({ ...options, signal }, () => `Tell a long story about ${topic}`)();

const client = new AbortController();
let chunks = 0;

const aborted = tell('rain', AbortSignal.any([client.signal, AbortSignal.timeout(60_000)])).pipe(
  tap(() => ++chunks === 9 && client.abort()),
  toCallResponse(),
);

/** Without any signal: unsubscribing closes the connection, and that is what RxJS's operators do. */
const late = llm
  .call(options, () => 'Tell a long story')()
  .pipe(timeout({ first: 1, each: 5000 }), toCallResponse());

const outcome = catchError((error: unknown) =>
  error instanceof StreamError
    ? of({ code: error.code, arrived: error.partial?.content ?? null })
    : throwError(() => error),
);

concat(aborted.pipe(outcome), late.pipe(outcome))
  .pipe(finalize(close))
  .subscribe((ended) => console.log(ended));

// prints: { code: 'aborted', arrived: 'And then it rained.…' }
// prints: { code: 'timeout', arrived: null }
