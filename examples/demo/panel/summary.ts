import { tokensPerSecond } from './facts.ts';
import type { Row, State } from './row.ts';

/** How it went for all, in one line. */
export function summary(rows: readonly Row[]): string {
  const counts = (['finished', 'failed', 'stopped'] as const)
    .map((state) => [state, countOf(rows, state)] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  const records = [
    record(
      'first token',
      rows,
      ({ timeToFirstToken: ms }) => ms && -ms,
      (ms) => `${-ms} ms`,
    ),
    record('rate', rows, tokensPerSecond, (rate) => `${rate.toFixed(1)} tokens/s`),
  ];
  return [counts.join(', '), ...records.filter((text) => text !== null)].join(' · ');
}

const countOf = (rows: readonly Row[], state: State): number =>
  rows.filter((row) => row.state === state).length;

/** Who did best, `null` where nothing was measured. */
function record(
  what: string,
  rows: readonly Row[],
  measure: (row: Row) => number | null,
  print: (value: number) => string,
): string | null {
  const measured = rows.flatMap((row) => {
    const value = measure(row);
    return value === null ? [] : [{ value, name: row.provider }];
  });
  const [best] = measured.sort((one, other) => other.value - one.value);
  return best ? `best ${what}: ${best.name}, ${print(best.value)}` : null;
}
