import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { textUnits, type UnitRule } from '../../../operators/views/text-units.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { piecesOf } from './pieces-of.ts';

/** A unit ends after full stops, which the character after them decides. */
const dotted: UnitRule = {
  decided: (piece, before) => {
    const characters = Array.from(piece);
    const last = characters.findLastIndex(
      (each, at) => (characters[at - 1] ?? before) === '.' && each !== '.',
    );
    return last < 0 ? -1 : characters.slice(0, last).join('').length;
  },
  *ends(text) {
    for (const { index, 0: dots } of text.matchAll(/\.+(?=[^.])/g)) yield index + dots.length;
  },
};

const unitsOf = (
  pieces: readonly string[],
  maxLength = Infinity,
  rule = dotted,
): Promise<readonly string[]> =>
  lastValueFrom(from(pieces).pipe(textUnits('dotted', rule, maxLength), toArray()));

const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.', '😀', '\ud83d', '\ude00') });
const cuts = fc.array(fc.nat(100));

describe('textUnits', () => {
  it('should emit a unit when its end is decided, and the rest at the end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const values = { a: 'a', b: 'b.', c: '.', d: 'd.e.f', x: 'ab..', y: 'd.', z: 'e.', f: 'f' };
      const source = hot('           -a-b-c-d----|   ', values);
      const result = source.pipe(textUnits('dotted', dotted, 100));
      expectObservable(result).toBe('-------(xyz)(f|)', values);
      expectSubscriptions(source.subscriptions).toBe('^-----------!');
    });
  });

  it('should find the same units whatever pieces the text comes in', async () => {
    await fc.assert(
      fc.asyncProperty(texts, cuts, async (text, cuts) => {
        const expected = text.match(/[^.]*\.+|[^.]+$/g) ?? [];
        expect(await unitsOf(piecesOf(text, cuts))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('should find them in pieces of any length', async () => {
    const text = `${'a'.repeat(700)}.${'b'.repeat(511)}..${'😀'.repeat(2000)}.c`;
    const expected = text.match(/[^.]*\.+|[^.]+$/g);
    expect(await unitsOf([text])).toEqual(expected);
    expect(await unitsOf(Array.from(text))).toEqual(expected);
  });

  it('should end the text where it has too many characters without an end', async () => {
    expect(await unitsOf(['ab', 'cd', 'ef.', 'g.h'], 3)).toEqual(['abc', 'def', '.', 'g.', 'h']);
    expect(await unitsOf(['abc.de'], 4)).toEqual(['abc.', 'de']);
  });

  it('should find the units of what it ends', async () => {
    // Nothing is decided before the end.
    const late = { ...dotted, decided: () => -1 };
    expect(await unitsOf(['a.b.', 'c.d'], 5, late)).toEqual(['a.', 'b.', 'c', '.', 'd']);
  });

  it('should take no end that is not decided', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const rule: UnitRule = {
        decided: (piece) => piece.lastIndexOf('b'),
        *ends(text) {
          for (const { index } of text.matchAll(/\./g)) yield index + 1;
        },
      };
      const values = { a: 'a.c', b: 'db.', c: 'e.', d: '.b', x: 'a.', y: 'cdb.', z: 'e.', q: '.' };
      const source = hot('           -a-b-c-d----|   ', values);
      const result = source.pipe(textUnits('dotted', rule, 100));
      expectObservable(result).toBe('---x---(yzq)(b|)', { ...values, b: 'b' });
    });
  });

  it('should count the characters of the unit that has not ended only', async () => {
    expect(await unitsOf(['a.b.', '.c'], 4)).toEqual(['a.', 'b..', 'c']);
  });

  it('should not split a pair of surrogates', async () => {
    expect(await unitsOf(['ab😀c'], 3)).toEqual(['ab', '😀c']);
    expect(await unitsOf(['ab\ud83d', '\ude00c'], 3)).toEqual(['ab', '😀c']);
    expect(await unitsOf(['😀😀'], 2)).toEqual(['😀', '😀']);
  });

  it('should keep half a pair of surrogates', async () => {
    expect(await unitsOf(['a\ud83d'])).toEqual(['a\ud83d']);
    expect(await unitsOf(['\ud83d', '\ud83d'], 2)).toEqual(['\ud83d\ud83d']);
    expect(await unitsOf(['\ude00', 'a.', '\ude00'])).toEqual(['\ude00a.', '\ude00']);
  });

  it('should end units in the same places whatever pieces the text comes in', async () => {
    await fc.assert(
      fc.asyncProperty(texts, cuts, fc.integer({ min: 2, max: 7 }), async (text, cuts, most) => {
        const units = await unitsOf(piecesOf(text, cuts), most);
        expect(units).toEqual(await unitsOf(text.split(''), most));
        expect(units.join('')).toBe(text);
        expect(Math.max(0, ...units.map(({ length }) => length))).toBeLessThanOrEqual(most);
      }),
      { numRuns: 500 },
    );
  });

  it('should look at a character a few times at most, however long the unit', async () => {
    let looked = 0;
    const counting: UnitRule = {
      decided: (piece, before) => {
        looked += piece.length;
        return dotted.decided(piece, before);
      },
      ends: (text) => {
        looked += text.length;
        return dotted.ends(text);
      },
    };
    const text = 'abc'.repeat(3000) + '.d'.repeat(500);
    const split = text.split('');
    expect(await unitsOf(split, Infinity, counting)).toHaveLength(501);
    expect(looked).toBeLessThan(3 * text.length);
  });

  it('should not look at all of a long piece at once', async () => {
    let longest = 0;
    const measuring: UnitRule = {
      ...dotted,
      ends: (text) => {
        longest = Math.max(longest, text.length);
        return dotted.ends(text);
      },
    };
    expect(await unitsOf(['abc.'.repeat(5000)], Infinity, measuring)).toHaveLength(5000);
    expect(longest).toBeLessThan(1024);
  });

  it.each([1, 0, -1, 2.5, NaN])('should refuse %p as the longest unit, at once', (maxLength) => {
    expect(() => textUnits('dotted', dotted, maxLength)).toThrow(RangeError);
    expect(() => textUnits('dotted', dotted, maxLength)).toThrow(
      `dotted: maxLength must be a whole number from 2, or Infinity, not ${maxLength}`,
    );
  });
});
