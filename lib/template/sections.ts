import { templateError } from './template-error.ts';

/** A section of a template: what stands under one heading. */
export interface Section {
  readonly heading: 'SYSTEM' | 'USER' | 'ASSISTANT' | 'MESSAGES';
  /** Line of the heading, the template's first being 1; its text begins on the same line. */
  readonly line: number;
  /** What follows the heading, less the indentation that its lines share from the second on. */
  readonly text: string;
}

/**
 * Takes a template apart at the lines that begin with a heading. Without any, all of it is one `USER`
 * section.
 *
 * @throws {TypeError} for text before the first heading
 */
export function sectionsOf(template: string): readonly Section[] {
  // As JavaScript reads template literals; a file may hold a byte order mark and the line ends of Windows.
  const lines = template
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  const headings = lines.flatMap(headingOf);
  const [first] = headings;
  if (first === undefined) return [{ heading: 'USER', line: 1, text: dedented(lines) }];
  checkBeginning(lines.slice(0, first.index));
  return headings.map(({ heading, index, rest }, position) => ({
    heading,
    line: index + 1,
    text: dedented([rest, ...lines.slice(index + 1, headings[position + 1]?.index)]),
  }));
}

interface Heading {
  readonly heading: Section['heading'];
  /** Which line it stands on, from 0. */
  readonly index: number;
  /** What stands behind it on its line. */
  readonly rest: string;
}

function headingOf(line: string, index: number): readonly Heading[] {
  const [start = '', heading] = /^[ \t]*(SYSTEM|USER|ASSISTANT|MESSAGES):/.exec(line) ?? [];
  return heading === undefined
    ? []
    : [{ heading: heading as Section['heading'], index, rest: line.slice(start.length) }];
}

function checkBeginning(lines: readonly string[]): void {
  const index = lines.findIndex((line) => line.trim() !== '');
  if (index === -1) return;
  throw templateError(
    index + 1,
    'text stands before the first section; begin it with SYSTEM: or USER:, ' +
      'or fill in from a variable what only looks like a section',
  );
}

/** Lines as one text. The first stands behind a heading or a quote, so it has no indentation to share. */
function dedented([first = '', ...others]: readonly string[]): string {
  const indentations = others.filter((line) => line.trim() !== '').map(indentationOf);
  const [shared = ''] = indentations;
  const length = indentations.reduce(
    (least, indentation) => Math.min(least, sharedLength(shared, indentation)),
    shared.length,
  );
  return [first, ...others.map((line) => (line.trim() === '' ? '' : line.slice(length)))].join(
    '\n',
  );
}

const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** How far two texts begin alike. */
function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
