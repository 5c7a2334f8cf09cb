/** A model that answers in tags, taken apart while it writes: show one tag, keep another for the log. */
import { filter, finalize, map, merge, reduce, share } from 'rxjs';
import { taggedText, textDeltas } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Is 91/ },
  response: { content: '<why>7 times 13 is 91.</why>\n<answer>No, it is not.</answer>' },
});

const judge = llm.call(options, (question: string) =>
  [question, 'Your reasons in <why></why>, then your answer in <answer></answer>.'].join('\n'),
);

const pieces = judge('Is 91 a prime number?').pipe(
  textDeltas(),
  taggedText('why', 'answer'),
  share(),
);

const shown = pieces.pipe(
  filter(({ tag }) => tag === 'answer'),
  map(({ text }) => text),
);

const reasons = pieces.pipe(
  filter(({ tag }) => tag === 'why'),
  reduce((whole, { text }) => whole + text, ''),
  map((whole) => `\nfor the log: ${whole}\n`),
);

merge(shown, reasons)
  .pipe(finalize(close))
  .subscribe((text) => process.stdout.write(text));

// prints: No, it is not.
// prints: for the log: 7 times 13 is 91.
