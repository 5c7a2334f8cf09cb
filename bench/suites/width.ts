import { fragmentsOf, lengthOf, prose, type Document } from '../documents.ts';
import { cost } from '../report/cells.ts';
import { grouped, table } from '../report/markdown.ts';
import { structuredStream } from '../structured-stream.ts';
import type { Case, Results, Stream, Suite } from '../suite.ts';

const widths = [10, 100, 1_000, 10_000];

/** A container with so many members, and how it is read. */
interface Container {
  readonly name: string;
  readonly widths: readonly number[];
  readonly stream: (width: number, size: number) => Stream;
}

const containers: readonly Container[] = [
  {
    name: '`structured()`, an open array',
    widths,
    stream: (width, size) => structuredStream(arrayOf(width, size)),
  },
  {
    name: '`structured()`, an open object',
    widths: widths.filter((width) => width <= 1_000),
    stream: (width, size) => structuredStream(objectOf(width, size)),
  },
];

/** What the width of a container costs as long as it is open: its last member is a text that grows. */
export const width: Suite = {
  name: 'width',
  quick: false,
  cases: containers.flatMap((container) =>
    container.widths.map((members): Case => ({
      name: nameOf(container, members),
      stream: (size) => container.stream(members, size),
    })),
  ),
  sizes: (quick) => (quick ? [1_000] : [10_000]),
  report,
};

function nameOf({ name }: Container, members: number): string {
  return `${name} of ${members}`;
}

/** All but the last member come at once, as the first fragment. */
function growingLast(opening: string, size: number, closing: string): Document {
  const text = JSON.stringify(prose(lengthOf(size))).slice(1);
  const fragments = [`${opening}"`, ...fragmentsOf(text), closing];
  return { text: fragments.join(''), fragments };
}

const arrayOf = (members: number, size: number): Document =>
  growingLast(`[${'12345,'.repeat(members - 1)}`, size, ']');

function objectOf(members: number, size: number): Document {
  const before = Array.from({ length: members - 1 }, (_, position) => `"key${position}":12345,`);
  return growingLast(`{${before.join('')}"last":`, size, '}');
}

function report({ sizes: [size = 0], cases, of }: Results): string {
  const measured = new Set(cases.map(({ name }) => name));
  const rows = containers.map((container) => [
    container.name,
    ...widths.map((members) => {
      const name = nameOf(container, members);
      return measured.has(name) ? cost(of(name, size)) : '–';
    }),
  ]);
  return table(['µs per fragment, members:', ...widths.map(grouped)], rows);
}
