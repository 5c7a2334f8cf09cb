import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom, toArray, type Observable } from 'rxjs';
import { streamOf } from 'rx-llm/testing';
import { textDeltas } from '../../../operators/views/text-deltas.ts';
import type { TextUnitOptions } from '../../../operators/views/text-segmenter.ts';
import { words } from '../../../operators/views/words.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { anyText } from './any-text.ts';
import { piecesOf } from './pieces-of.ts';

const wordsOf = (
  pieces: readonly string[],
  options?: TextUnitOptions,
): Promise<readonly string[]> => lastValueFrom(from(pieces).pipe(words(options), toArray()));

const isSpace = (character: string): boolean =>
  /\p{White_Space}/u.test(character) && !'\u00a0\u2007\u202f'.includes(character);

const isAscii = (character: string): boolean => character.charCodeAt(0) < 128;

/** The words of a whole text, put together from all segments the runtime finds. */
function wordsOfWhole(text: string): readonly string[] {
  const segments = new Intl.Segmenter('en', { granularity: 'word' }).segment(text);
  const found: string[] = [];
  let last = '';
  for (const { segment } of segments) {
    const first = Array.from(segment)[0]!;
    const endsBySpace = isSpace(last) && !isSpace(first);
    const ended =
      /[\p{L}\p{M}\p{Nd}]/u.test(last) ||
      (!isAscii(last) && /\p{Terminal_Punctuation}|\p{Pe}/u.test(last));
    const begins = /[\p{L}\p{Nd}]/u.test(first) || (!isAscii(first) && /\p{Ps}/u.test(first));
    const joins = found.length > 0 && !endsBySpace && !(!isSpace(last) && ended && begins);
    found.push((joins ? found.pop()! : '') + segment);
    last = Array.from(segment).at(-1)!;
  }
  return found;
}

describe('words', () => {
  const values = { a: 'Hel', b: 'lo, wor', c: 'ld! (Yes', d: '.)' };
  const expected = { x: 'Hello, ', y: 'world! ', z: '(Yes.)', w: 'wor' };

  it('should emit each word when the next begins, and the rest at the end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('                  -a-b-c-d-|   ', values);
      expectObservable(source.pipe(words())).toBe('---x-y---(z|)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should emit the rest before an error', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('                 -a-b-#   ', values);
      expectObservable(source.pipe(words())).toBe('---x-(w#)', expected);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('should never emit and complete as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-');
      const empty = cold('--|');
      expectObservable(never.pipe(words())).toBe('-');
      expectObservable(empty.pipe(words())).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
    });
  });

  it('should leave the source when it is unsubscribed from, and drop the rest', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', values);
      expectObservable(source.pipe(words()), '----!').toBe('---x-', expected);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('                 -a-b-c-d-|     ', values).pipe(words());
      expectObservable(result).toBe('       ---x-y---(z|)  ', expected);
      expectObservable(result, '--^').toBe('-----x-y---(z|)', expected);
    });
  });

  it.each([
    ['a state-of-the-art "quote"', ['a ', 'state-of-the-art ', '"quote"']],
    ['at 12:30, and/or https://a.b/c', ['at ', '12:30, ', 'and/or ', 'https://a.b/c']],
    ["don't ’tis 5 °C\n\nno", ["don't ", '’tis ', '5 ', '°C\n\n', 'no']],
    ['  first', ['  ', 'first']],
    ['10\u00a0km or 10\u202fkm', ['10\u00a0km ', 'or ', '10\u202fkm']],
    ['Straße naïve – größten', ['Straße ', 'naïve ', '– ', 'größten']],
    ['今日は、「晴れ」です。', ['今日', 'は、', '「晴れ」', 'です。']],
    ['第3章abc', ['第', '3', '章', 'abc']],
    ['สวัสดีครับ ไป', ['สวัสดี', 'ครับ ', 'ไป']],
    ['한국어 문장', ['한국어 ', '문장']],
    ['1，\u03011 2', ['1，\u03011 ', '2']],
    ['Hi 👩‍👧 there', ['Hi ', '👩‍👧 ', 'there']],
  ])('should find the words of %p', async (text, expected) => {
    expect(await wordsOf([text])).toEqual(expected);
    expect(await wordsOf(text.split(''))).toEqual(expected);
  });

  it('should decide on words without white space at the next full stop', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('                 a-b-c-----|   ', { a: '今日', b: 'は、', c: '晴' });
      const expected = { x: '今日', y: 'は、', z: '晴' };
      expectObservable(source.pipe(words())).toBe('----(xy)--(z|)', expected);
    });
  });

  it('should be made of the segments of Intl.Segmenter, in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(200)), async (text, cuts) => {
        expect(await wordsOf(piecesOf(text, cuts))).toEqual(wordsOfWhole(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('should be made of them in a long text of one piece', async () => {
    const text = 'It rains, “really”. 今日は晴れ。Straße!\n'.repeat(50);
    expect(await wordsOf([text])).toEqual(wordsOfWhole(text));
  });

  it('should end in the same places at the greatest length, in any pieces', async () => {
    const most = fc.integer({ min: 2, max: 12 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(200)), most, async (text, cuts, maxLength) => {
        const found = await wordsOf(piecesOf(text, cuts), { maxLength });
        expect(found).toEqual(await wordsOf(text.split(''), { maxLength }));
        expect(found.join('')).toBe(text);
        expect(Math.max(0, ...found.map(({ length }) => length))).toBeLessThanOrEqual(maxLength);
      }),
      { numRuns: 500 },
    );
  });

  it('should end after 5000 characters by itself', async () => {
    const found = await wordsOf([`${'a'.repeat(6000)} b`]);
    expect(found.map(({ length }) => length)).toEqual([5000, 1001, 1]);
  });

  it('should refuse options that are none, in its own name', () => {
    expect(() => words({ maxLength: 1 })).toThrow('words: maxLength must be');
    expect(() => words({ locale: '?' })).toThrow('words: locale must be');
  });

  it('should make texts of texts by type', () => {
    const result = streamOf('Hi').pipe(textDeltas(), words());
    expectTypeOf(result).toEqualTypeOf<Observable<string>>();
    // @ts-expect-error it takes texts, not tuples
    void streamOf('Hi').pipe(words());
  });
});
