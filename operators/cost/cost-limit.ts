/**
 * Holds a limit against what a limit is.
 *
 * @throws {RangeError} when it is not a number from 0
 */
export function checkLimit(operator: string, limit: number): void {
  if (!(limit >= 0)) {
    throw new RangeError(
      `${operator}: the limit must be 0 or more, in the currency of the price list, not ${limit}`,
    );
  }
}

/** Whether costs come up to a limit. Sums of fractions fall short of round numbers: 0.1 + 0.7 < 0.8. */
export const isReached = (total: number, limit: number): boolean => total >= limit * (1 - 1e-9);
