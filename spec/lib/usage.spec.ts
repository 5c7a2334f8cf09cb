import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commonUsage,
  mergeOwnUsage,
  mergeUsage,
  sumUsage,
  type CommonUsage,
  type KnownUsage,
} from '../../lib/usage.ts';

const unknown: CommonUsage = {
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
};

const merged = (...reports: readonly KnownUsage[]): CommonUsage | null =>
  reports.map(commonUsage).reduce(mergeUsage, null);

describe('commonUsage', () => {
  it('should say null, never 0, for what is not known', () => {
    expect(commonUsage({})).toEqual(unknown);
    expect(commonUsage({ inputTokens: undefined, outputTokens: null })).toEqual(unknown);
  });

  it('should keep a known 0', () => {
    expect(commonUsage({ inputTokens: 0, outputTokens: 0, cachedTokens: 0 })).toEqual({
      ...unknown,
      inputTokens: 0,
      outputTokens: 0,
      totalTokens: 0,
      cachedTokens: 0,
    });
  });

  it('should add up a total only where both of its parts are known', () => {
    expect(commonUsage({ inputTokens: 9, outputTokens: 4 }).totalTokens).toBe(13);
    expect(commonUsage({ inputTokens: 9 }).totalTokens).toBeNull();
    expect(commonUsage({ outputTokens: 4 }).totalTokens).toBeNull();
  });

  it('should take the provider’s own total as it counts it', () => {
    expect(commonUsage({ inputTokens: 9, outputTokens: 4, totalTokens: 20 }).totalTokens).toBe(20);
  });
});

describe('mergeUsage', () => {
  it('should give the one that is there when the other is not', () => {
    const usage = commonUsage({ inputTokens: 9 });
    expect(mergeUsage(null, null)).toBeNull();
    expect(mergeUsage(usage, null)).toBe(usage);
    expect(mergeUsage(null, usage)).toBe(usage);
  });

  it('should let the last known value of each field win, and never add values up', () => {
    expect(
      merged(
        { inputTokens: 9, outputTokens: 1, cachedTokens: 2 },
        { outputTokens: 5, reasoningTokens: 3 },
        { outputTokens: 7, cacheWriteTokens: 0 },
      ),
    ).toEqual({
      inputTokens: 9,
      outputTokens: 7,
      totalTokens: 16,
      cachedTokens: 2,
      cacheWriteTokens: 0,
      reasoningTokens: 3,
    });
  });

  it('should take a 0 for a value', () => {
    expect(merged({ outputTokens: 5 }, { outputTokens: 0 })?.outputTokens).toBe(0);
  });

  it('should add the total up anew when a later report brings other counts without one', () => {
    const start = { inputTokens: 9, outputTokens: 1, totalTokens: 10 };
    expect(merged(start, { outputTokens: 7 })?.totalTokens).toBe(16);
    expect(merged(start, { outputTokens: 7, totalTokens: 30 })?.totalTokens).toBe(30);
    expect(merged({ inputTokens: 9 }, { outputTokens: 7 })?.totalTokens).toBe(16);
  });

  it('should keep a total whose parts are not known', () => {
    expect(merged({ totalTokens: 30 }, { inputTokens: 9 })?.totalTokens).toBe(30);
  });

  it('should give the report before itself when nothing has changed', () => {
    const before = commonUsage({ inputTokens: 9, outputTokens: 4, cachedTokens: 2 });
    expect(mergeUsage(before, commonUsage({ inputTokens: 9 }))).toBe(before);
    expect(mergeUsage(before, { ...before })).toBe(before);
    expect(mergeUsage(before, commonUsage({}))).toBe(before);
  });

  const count = fc.option(fc.nat(5));
  const report = fc
    .record({
      inputTokens: count,
      outputTokens: count,
      cachedTokens: count,
      cacheWriteTokens: count,
      reasoningTokens: count,
    })
    .map(commonUsage);
  const reportOrNone = fc.option(report);

  it('should change nothing when a report is repeated', () =>
    fc.assert(
      fc.property(reportOrNone, report, (before, after) => {
        const once = mergeUsage(before, after);
        expect(mergeUsage(once, after)).toBe(once);
      }),
    ));

  it('should not depend on which neighbours are merged first', () =>
    fc.assert(
      fc.property(reportOrNone, reportOrNone, reportOrNone, (a, b, c) => {
        expect(mergeUsage(mergeUsage(a, b), c)).toEqual(mergeUsage(a, mergeUsage(b, c)));
      }),
    ));

  it('should hold of any reports the last known value per field, and the sum of these', () =>
    fc.assert(
      fc.property(fc.array(report, { minLength: 1 }), (reports) => {
        const last = (field: keyof CommonUsage): number | null =>
          reports.reduce<number | null>((known, each) => each[field] ?? known, null);
        const [inputTokens, outputTokens] = [last('inputTokens'), last('outputTokens')];
        expect(reports.reduce<CommonUsage | null>(mergeUsage, null)).toEqual({
          inputTokens,
          outputTokens,
          totalTokens:
            inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
          cachedTokens: last('cachedTokens'),
          cacheWriteTokens: last('cacheWriteTokens'),
          reasoningTokens: last('reasoningTokens'),
        });
      }),
    ));
});

describe('sumUsage', () => {
  const one = commonUsage({ inputTokens: 10, outputTokens: 2, cachedTokens: 4 });
  const other = commonUsage({
    inputTokens: 5,
    outputTokens: 1,
    totalTokens: 9,
    reasoningTokens: 1,
  });

  it('should add up each count, and take for unknown what one of them does not know', () => {
    expect(sumUsage(one, other)).toEqual({
      inputTokens: 15,
      outputTokens: 3,
      totalTokens: 21,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
    });
  });

  it('should know nothing where one knows nothing', () => {
    expect([sumUsage(null, one), sumUsage(one, null), sumUsage(null, null)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('mergeOwnUsage', () => {
  interface OwnUsage {
    readonly prompt?: number | null;
    readonly answer?: number | null;
    readonly details?: { readonly cached: number } | null;
  }
  const start: OwnUsage = { prompt: 9, answer: 1, details: { cached: 2 } };

  it('should give the one that is there, itself', () => {
    expect(mergeOwnUsage(null, null)).toBeNull();
    expect(mergeOwnUsage(start, null)).toBe(start);
    expect(mergeOwnUsage(null, start)).toBe(start);
  });

  it('should let the last known value of each field win, and a null be no value', () => {
    expect(mergeOwnUsage<OwnUsage>(start, { answer: 0, details: null })).toEqual({
      prompt: 9,
      answer: 0,
      details: { cached: 2 },
    });
  });

  it('should leave both reports alone', () => {
    const after: OwnUsage = Object.freeze({ answer: 7 });
    mergeOwnUsage(Object.freeze(start), after);
    expect([start.answer, after]).toEqual([1, { answer: 7 }]);
  });
});
