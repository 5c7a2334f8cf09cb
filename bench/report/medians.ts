import type { Result } from '../suite.ts';

/** The median over the rounds, `null` where nothing was measured. */
export const medianOf = ({ rounds }: Result): number | null => median([...rounds.values()]);

/**
 * The median over the rounds of what is made of two measurements of the same round; `null` where there
 * is no such round.
 */
export function medianOfBoth(
  one: Result,
  other: Result,
  made: (one: number, other: number) => number,
): number | null {
  const values = [...one.rounds].flatMap(([round, value]) => {
    const same = other.rounds.get(round);
    return same === undefined ? [] : [made(value, same)];
  });
  return median(values);
}

/** How often the second goes into the first. */
export const quotient = (one: number, other: number): number => one / other;

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
