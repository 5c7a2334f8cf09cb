import { defer, merge, takeLast, tap, toArray } from 'rxjs';
import type { Terminal } from '../terminal.ts';
import type { View } from './compare.ts';
import { factsOf, headings } from './facts.ts';
import { fitStart } from './fit.ts';
import { lastLine } from './last-line.ts';
import { summary } from './summary.ts';

/** A line for each row when it has ended, and one for all at the end: for pipes and files. */
export const plainLines =
  (prompt: string, terminal: Terminal): View =>
  (rows) =>
    defer(() => {
      terminal.line(prompt);
      terminal.line(headings(Infinity));
      return merge(...rows.map((row) => row.pipe(takeLast(1)))).pipe(
        tap((row) =>
          terminal.line(
            `${factsOf(row, Infinity, (text) => text)}  ${fitStart(lastLine(row), Infinity)}`,
          ),
        ),
        toArray(),
        tap((ended) => terminal.line(summary(ended))),
      );
    });
