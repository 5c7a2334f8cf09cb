import { responseModel } from 'rx-llm';
import {
  accumulate,
  elements,
  lines,
  sentences,
  takeUntilContains,
  textDeltas,
  toCallResponse,
  words,
} from 'rx-llm/operators';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { textAnswer, toolAnswer } from '../answers.ts';
import {
  bookList,
  documentOf,
  fiftyKeys,
  growingText,
  lengthOf,
  nestedArrays,
  nestedRecords,
  prose,
  type Document,
} from '../documents.ts';
import { costs, growths, headsOf } from '../report/cells.ts';
import { micros, table } from '../report/markdown.ts';
import { medianOfBoth } from '../report/medians.ts';
import { streamOf } from '../stream.ts';
import { structuredStream } from '../structured-stream.ts';
import type { Case, Results, Stream, Suite } from '../suite.ts';

const text = 'text, no operator';
const toolText = 'a tool call, one growing text';
const toolRecords = 'a tool call, nested records';

/** Whether what an operator costs grows with the answer. */
export const growth: Suite = {
  name: 'growth',
  quick: true,
  cases: [
    { name: text, stream: plain },
    { name: '`accumulate()`', beside: text, stream: accumulated },
    { name: '`toCallResponse()`', beside: text, stream: collected },
    { name: '`takeUntilContains()`, nothing found', beside: text, stream: searched },
    ofUnits('`words()`', words(), /(?<=\s)(?=\S)/),
    ofUnits('`sentences()`', sentences(), /(?<=\.\s)(?=\S)/),
    ofUnits('`lines()`', lines(), /(?<=\n)/),
    ofJson('`structured()`, one growing text', growingText),
    ofJson('`structured()`, an object of 50 keys', fiftyKeys),
    ofJson('`structured()`, arrays of up to 100', nestedArrays),
    ofJson('`structured()`, nested records', nestedRecords),
    { name: '`elements()`, one list', beside: text, stream: listed },
    ofTool(toolText, growingText, false),
    { ...ofTool('`partialTools: true`, one growing text', growingText, true), beside: toolText },
    ofTool(toolRecords, nestedRecords, false),
    {
      ...ofTool('`partialTools: true`, nested records', nestedRecords, true),
      beside: toolRecords,
    },
  ],
  sizes: (quick) => (quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]),
  report,
};

function plain(size: number): Stream {
  const document = documentOf(prose(lengthOf(size)));
  return streamOf(document, textAnswer(document), ([{ content }]) => content, '');
}

function accumulated(size: number): Stream {
  const document = documentOf(prose(lengthOf(size)));
  const source = textAnswer(document).pipe(accumulate());
  return streamOf(document, source, ({ content }) => content, document.text);
}

function collected(size: number): Stream {
  const document = documentOf(prose(lengthOf(size)));
  const source = textAnswer(document).pipe(toCallResponse());
  return streamOf(document, source, ({ content }) => content, document.text);
}

function searched(size: number): Stream {
  const document = documentOf(prose(lengthOf(size)));
  const source = textAnswer(document).pipe(takeUntilContains('END OF TEXT'));
  return streamOf(document, source, ([{ content }]) => content, '');
}

/** An operator that regroups a text; `border` matches where the units of the prose here end. */
function ofUnits(name: string, units: MonoTypeOperatorFunction<string>, border: RegExp): Case {
  const stream = (size: number): Stream => {
    const document = documentOf(prose(lengthOf(size)));
    const source = textAnswer(document).pipe(textDeltas(), units);
    return streamOf(document, source, (unit) => unit, document.text.split(border).at(-1));
  };
  return { name, beside: text, stream };
}

function ofJson(name: string, make: (size: number) => Document): Case {
  const stream = (size: number): Stream => structuredStream(make(size));
  return { name, beside: text, stream };
}

function listed(size: number): Stream {
  const document = bookList(size);
  const source = textAnswer(document).pipe(elements(book));
  const books = JSON.parse(document.text) as readonly unknown[];
  return streamOf(document, source, (element) => element, books.at(-1));
}

const book = responseModel({
  type: 'object',
  properties: { title: { type: 'string' }, year: { type: 'number' } },
  required: ['title', 'year'],
});

function ofTool(name: string, make: (size: number) => Document, partialTools: boolean): Case {
  const stream = (size: number): Stream => {
    const document = make(size);
    const source = toolAnswer(document, partialTools);
    return streamOf(document, source, ([, tool]) => tool?.args, JSON.parse(document.text));
  };
  return { name, stream };
}

function report(results: Results): string {
  const { sizes, cases, of } = results;
  const largest = sizes.at(-1) ?? 0;
  const rows = cases.map(({ name, beside }) => {
    const added =
      beside === undefined
        ? null
        : medianOfBoth(of(name, largest), of(beside, largest), (one, other) => one - other);
    return [name, ...costs(results, name), ...growths(results, name), micros(added)];
  });
  return table(['', ...headsOf(sizes), 'µs of its own'], rows);
}
