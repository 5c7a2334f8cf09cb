import { growingText, nestedArrays, nestedRecords, type Document } from '../documents.ts';
import { ours, partialReaders, type PartialReader } from '../json/partial-readers.ts';
import { costs, growths, headsOf } from '../report/cells.ts';
import { grouped, table, times } from '../report/markdown.ts';
import { medianOfBoth, quotient } from '../report/medians.ts';
import type { Case, Results, Stream, Suite } from '../suite.ts';

/** Our JSON reader beside others, on one kind of document each. */
export const readers: readonly Suite[] = [
  suiteOf('one growing text', growingText, true),
  suiteOf('nested records', nestedRecords, false),
  suiteOf('arrays of up to 100', nestedArrays, false),
];

function suiteOf(text: string, make: (size: number) => Document, quick: boolean): Suite {
  return {
    name: `readers, ${text}`,
    quick,
    cases: partialReaders.map((reader): Case => ({
      name: reader.name,
      ...(reader !== ours && { beside: ours.name }),
      stream: (size) => readStream(reader, make(size)),
    })),
    sizes: (inQuick) => (inQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000]),
    report,
  };
}

async function readStream(reader: PartialReader, { text, fragments }: Document): Promise<Stream> {
  const read = await reader.load();
  const run = async (): Promise<unknown> => {
    let last: unknown;
    await read(fragments, (value) => {
      last = value;
    });
    return last;
  };
  return { fragments: fragments.length, run, expected: JSON.parse(text) };
}

function report(results: Results): string {
  const { sizes, cases, of } = results;
  const rows = cases.map(({ name }) => [
    name,
    ...costs(results, name),
    ...growths(results, name),
    ...sizes.map((size) => times(medianOfBoth(of(name, size), of(ours.name, size), quotient))),
  ]);
  const heads = sizes.map((size) => `to ours at ${grouped(size)}`);
  return table(['', ...headsOf(sizes), ...heads], rows);
}
