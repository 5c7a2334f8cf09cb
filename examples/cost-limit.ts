/** A budget: a stream ends where it is spent; a chain of calls, retries included, spends from one meter. */
import { concat, finalize, map, retry, switchMap } from 'rxjs';
import { costMeter, takeUntilCost, toCallResponse } from 'rx-llm/operators';
import { publishedPrices } from 'rx-llm/prices';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Tell/ }, response: { content: 'And then it rained. '.repeat(20) } },
  {
    match: { userMessage: /^Sum/, sequenceIndex: 0 },
    response: { error: { message: 'Busy' }, status: 503 },
  },
  { match: { userMessage: /^Sum/ }, response: { content: 'Rivers carry mountains away.' } },
  { match: { userMessage: /^Translate/ }, response: { content: 'Los ríos llevan montañas.' } },
);

const ask = llm.call(options, (request: string) => request);

const prices = publishedPrices();
/** Usage comes late, often at the very end: until then an estimate counts. */
const estimate = (text: string): number => text.length / 4;

const limited = ask('Tell a long story').pipe(
  takeUntilCost(0.00001, { prices, estimate }), // in dollars
  toCallResponse(),
  map(({ content, interrupted }) => `${content.length} characters, interrupted: ${interrupted}`),
);

const meter = costMeter({ prices, estimate });

const chained = ask('Summarise erosion in one sentence').pipe(
  retry({ count: 2, delay: 50 }),
  meter.measure(),
  toCallResponse(),
  switchMap(({ content }) => ask(`Translate into Spanish: ${content}`)),
  takeUntilCost(0.01, { meter }), // with what the first call cost
  toCallResponse(),
  map(({ content }) => `${content} (${meter.total} ${meter.currency} for both)`),
);

concat(limited, chained)
  .pipe(finalize(close))
  .subscribe((result) => console.log(result));

// prints: … characters, interrupted: true
// prints: Los ríos llevan montañas. (… USD for both)
