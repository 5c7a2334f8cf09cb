import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leave, walk, type Trail } from '../../lib/trail.ts';

const trailOf = <T>(items: readonly T[]): Trail<T> | null =>
  items.reduce<Trail<T> | null>(leave, null);

describe('trail', () => {
  it('should hold nothing to begin with', () => {
    expect(walk(null)).toEqual([]);
  });

  it('should give every item back, oldest first', () =>
    fc.assert(
      fc.property(fc.array(fc.anything()), (items) => {
        expect(walk(trailOf(items))).toEqual(items);
      }),
    ));

  it('should leave every earlier trail as it was', () => {
    const start = trailOf(['a', 'b']);
    expect([walk(leave(start, 'c')), walk(leave(start, 'd')), walk(start)]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'd'],
      ['a', 'b'],
    ]);
  });

  it('should not look at what it holds when it is added to', () => {
    const untouchable = new Proxy<Trail<string>>(
      { before: null, last: 'a' },
      {
        get: () => {
          throw new Error('looked at');
        },
      },
    );
    expect(() => leave(leave(untouchable, 'b'), 'c')).not.toThrow();
  });

  it('should walk a hundred thousand steps', () => {
    const items = Array.from({ length: 100_000 }, (_, position) => position);
    expect(walk(trailOf(items))).toEqual(items);
  });
});
