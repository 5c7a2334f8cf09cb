import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom, toArray, type Observable } from 'rxjs';
import { streamOf } from 'rx-llm/testing';
import { sentences } from '../../../operators/views/sentences.ts';
import { textDeltas } from '../../../operators/views/text-deltas.ts';
import type { TextUnitOptions } from '../../../operators/views/text-segmenter.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { piecesOf } from './pieces-of.ts';
import { anyText } from './any-text.ts';

const sentencesOf = (
  pieces: readonly string[],
  options?: TextUnitOptions,
): Promise<readonly string[]> => lastValueFrom(from(pieces).pipe(sentences(options), toArray()));

/** The sentences of a whole text, as the runtime finds them. */
const segmentsOf = (text: string, locale = 'en'): readonly string[] =>
  Array.from(
    new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text),
    ({ segment }) => segment,
  );

describe('sentences', () => {
  const values = { a: 'It rains. S', b: 'o 1.', c: '5 mm', d: ' fell!' };
  const expected = { x: 'It rains. ', y: 'So 1.5 mm fell!', s: 'S' };

  it('should emit each sentence when it has shown that it is one, and the rest at the end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('                      -a-b-c-d-|   ', values);
      expectObservable(source.pipe(sentences())).toBe('-x-------(y|)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should emit the rest before an error', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('                     -a-#   ', values);
      expectObservable(source.pipe(sentences())).toBe('-x-(s#)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('should never emit and complete as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-');
      const empty = cold('--|');
      expectObservable(never.pipe(sentences())).toBe('-');
      expectObservable(empty.pipe(sentences())).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
    });
  });

  it('should leave the source when it is unsubscribed from, and drop the rest', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', values);
      expectObservable(source.pipe(sentences()), '--!').toBe('-x-', expected);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('                 -a-b-c-d-|     ', values).pipe(sentences());
      expectObservable(result).toBe('       -x-------(y|)  ', expected);
      expectObservable(result, '--^').toBe('---x-------(y|)', expected);
    });
  });

  it('should emit a line at its end', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('                     a-b-c-|', { a: '- one', b: '\n', c: '2.\n' });
      expectObservable(source.pipe(sentences())).toBe('--x-y-|', { x: '- one\n', y: '2.\n' });
    });
  });

  it('should wait where a full stop may be followed by more of the sentence', async () => {
    const texts = ['Version 2. 1 is old. New', 'At 5 p.m. they left. We', 'He said "No." Then'];
    for (const text of texts) expect(await sentencesOf(Array.from(text))).toEqual(segmentsOf(text));
    expect(await sentencesOf(['At 5 p.m. they left. We'])).toEqual(['At 5 p.m. they left. ', 'We']);
  });

  it('should know sentences of other scripts and languages', async () => {
    const japanese = '吾輩は猫である。名前はまだ無い。';
    expect(await sentencesOf(Array.from(japanese))).toEqual([
      '吾輩は猫である。',
      '名前はまだ無い。',
    ]);
    const greek = 'Τι κάνεις; Καλά.';
    expect(await sentencesOf(Array.from(greek), { locale: 'el' })).toEqual([
      'Τι κάνεις; ',
      'Καλά.',
    ]);
    expect(await sentencesOf(Array.from(greek))).toEqual([greek]);
  });

  it.each(['en', 'el'])('should be those of Intl.Segmenter, in any pieces (%s)', async (locale) => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(200)), async (text, cuts) => {
        const found = await sentencesOf(piecesOf(text, cuts), { locale });
        expect(found).toEqual(segmentsOf(text, locale));
      }),
      { numRuns: 1000 },
    );
  });

  it('should be those of Intl.Segmenter in a long text of one piece', async () => {
    const text = 'It rains. So 1.5 mm fell! \u201cReally?\u201d she asked\u2026 Yes.\n'.repeat(50);
    expect(await sentencesOf([text])).toEqual(segmentsOf(text));
  });

  it('should end in the same places at the greatest length, in any pieces', async () => {
    const most = fc.integer({ min: 2, max: 20 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(200)), most, async (text, cuts, maxLength) => {
        const found = await sentencesOf(piecesOf(text, cuts), { maxLength });
        expect(found).toEqual(await sentencesOf(text.split(''), { maxLength }));
        expect(found.join('')).toBe(text);
        expect(Math.max(0, ...found.map(({ length }) => length))).toBeLessThanOrEqual(maxLength);
      }),
      { numRuns: 500 },
    );
  });

  it('should end after 5000 characters by itself', async () => {
    const found = await sentencesOf([`${'so '.repeat(2000)}. End`]);
    expect(found.map(({ length }) => length)).toEqual([5000, 1002, 3]);
  });

  it('should refuse options that are none, in its own name', () => {
    expect(() => sentences({ maxLength: 1 })).toThrow('sentences: maxLength must be');
    expect(() => sentences({ locale: '?' })).toThrow('sentences: locale must be');
  });

  it('should make texts of texts by type', () => {
    const result = streamOf('Hi').pipe(textDeltas(), sentences());
    expectTypeOf(result).toEqualTypeOf<Observable<string>>();
    // @ts-expect-error it takes texts, not tuples
    void streamOf('Hi').pipe(sentences());
  });
});
