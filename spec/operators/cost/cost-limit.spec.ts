import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLimit, isReached } from '../../../operators/cost/cost-limit.ts';

describe('checkLimit', () => {
  it.each([0, 0.000_001, 5, Infinity])('should take %p', (limit) => {
    expect(() => checkLimit('takeUntilCost', limit)).not.toThrow();
  });

  it.each([-1, NaN, undefined as unknown as number])('should refuse %p', (limit) => {
    expect(() => checkLimit('takeUntilCost', limit)).toThrow(RangeError);
    expect(() => checkLimit('takeUntilCost', limit)).toThrow(
      `takeUntilCost: the limit must be 0 or more, in the currency of the price list, not ${limit}`,
    );
  });
});

describe('isReached', () => {
  it('should be reached by sums of fractions that come to the limit but for rounding', () => {
    expect(0.1 + 0.7).toBeLessThan(0.8);
    expect(isReached(0.1 + 0.7, 0.8)).toBe(true);
    expect(isReached(0.799_99, 0.8)).toBe(false);
  });

  it('should be reached whatever the order of hundreds of parts that come to the limit', () => {
    const cents = fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(cents, (parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0) / 100;
        const total = parts.reduce((sum, part) => sum + part / 100, 0);
        expect(isReached(total, whole)).toBe(true);
        expect(isReached(total - 0.01, whole)).toBe(false);
      }),
    );
  });

  it('should be reached from the start where nothing may be spent, and never without a limit', () => {
    expect(isReached(0, 0)).toBe(true);
    expect(isReached(0, Number.MIN_VALUE)).toBe(false);
    expect(isReached(1e12, Infinity)).toBe(false);
  });
});
