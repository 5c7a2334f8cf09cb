import type { Styling } from '../style.ts';
import { factsOf, headings } from './facts.ts';
import { fitEnd, fitStart } from './fit.ts';
import { lastLine } from './last-line.ts';
import { hasEnded, type Row } from './row.ts';
import { summary } from './summary.ts';

/** How large a terminal is, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Makes what a terminal of a size shows of all answers at a moment, line by line. */
export type Frame = (rows: readonly Row[], size: Size) => readonly string[];

const gap = '  ';
/** How many columns of text are worth reading. */
const worthReading = 40;
/** The prompt, the headings, the last line, and where the cursor waits. */
const linesAround = 4;

/** Frames of the answers to a prompt. Each text stands beside the facts or below, as there is room. */
export const frameOf =
  (prompt: string, styled: Styling): Frame =>
  (rows, { columns, rows: height }) => {
    const room = Math.max(1, height - linesAround);
    const heading = headings(columns);
    const besides = columns - heading.length - gap.length;
    const show = (row: Row): readonly string[] => {
      const facts = factsOf(row, columns, styled);
      if (besides >= worthReading) return [facts + gap + textOf(row, besides, styled)];
      if (2 * rows.length > room) return [facts];
      return [facts, gap + textOf(row, columns - gap.length, styled)];
    };
    return [
      styled(fitStart(prompt, columns), 'bold'),
      styled(heading, 'dim'),
      ...cutOff(rows.flatMap(show), room, styled),
      styled(fitStart(lastOf(rows), columns), 'dim'),
    ];
  };

const textOf = (row: Row, columns: number, styled: Styling): string =>
  row.state === 'failed'
    ? styled(fitStart(lastLine(row), columns), 'red')
    : fitEnd(lastLine(row), columns);

/** As many lines as there is room for. */
const cutOff = (lines: readonly string[], room: number, styled: Styling): readonly string[] =>
  lines.length <= room
    ? lines
    : [...lines.slice(0, room - 1), styled(`… and more, in a higher window`, 'dim')];

const lastOf = (rows: readonly Row[]): string =>
  rows.every(hasEnded) ? summary(rows) : 'Any key stops all';
