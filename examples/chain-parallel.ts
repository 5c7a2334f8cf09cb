/** Calls side by side: wait for all, take each as it ends, or watch them grow together. */
import { combineLatest, concat, finalize, forkJoin, last, map, merge } from 'rxjs';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /Norway/ }, response: { content: 'It is Oslo, by the fjord.' } },
  { match: { userMessage: /Peru/ }, response: { content: 'Lima.' } },
);

const capitalOf = llm.call(options, (country: string) => `What is the capital of ${country}?`);

const all = forkJoin({
  norway: capitalOf('Norway').pipe(toCallResponse()),
  peru: capitalOf('Peru').pipe(toCallResponse()),
}).pipe(map(({ norway, peru }) => `all: ${norway.content} ${peru.content}`));

const each = merge(
  capitalOf('Norway').pipe(toCallResponse()),
  capitalOf('Peru').pipe(toCallResponse()),
).pipe(map(({ content }) => `each: ${content}`));

/** A snapshot of both whenever one of them has grown: what a view of two columns shows. */
const columns = combineLatest([
  capitalOf('Norway').pipe(accumulate()),
  capitalOf('Peru').pipe(accumulate()),
]).pipe(map(([norway, peru]) => `columns: ${norway.content} | ${peru.content}`));

concat(all, each, columns.pipe(last()))
  .pipe(finalize(close))
  .subscribe((line) => console.log(line));

// prints: all: It is Oslo, by the fjord. Lima.
// prints: each: …
// prints: each: …
// prints: columns: It is Oslo, by the fjord. | Lima.
