import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom, map, toArray, type Observable } from 'rxjs';
import { streamOf } from 'rx-llm/testing';
import { taggedText, type TaggedText } from '../../../operators/views/tagged-text.ts';
import { textDeltas } from '../../../operators/views/text-deltas.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { piecesOf } from './pieces-of.ts';

const shown = map(({ tag, text }: TaggedText): string => `${tag ?? '-'}:${text}`);

const taggedOf = (pieces: readonly string[], ...tags: string[]): Promise<readonly TaggedText[]> =>
  lastValueFrom(from(pieces).pipe(taggedText(...tags), toArray()));

/** What stands in each tag, in order: pieces of one tag that follow each other are one. */
function joined(texts: readonly TaggedText[]): readonly TaggedText[] {
  const all: TaggedText[] = [];
  for (const { tag, text } of texts) {
    const last = all.at(-1)?.tag === tag ? all.pop() : undefined;
    all.push({ tag, text: (last?.text ?? '') + text });
  }
  return all;
}

/** The same of a whole text, by searching it again and again. */
function taggedOfWhole(whole: string, tags: readonly string[]): readonly TaggedText[] {
  const all: TaggedText[] = [];
  let rest = whole;
  for (;;) {
    const begins = tags
      .map((tag) => ({ tag, at: rest.indexOf(`<${tag}>`) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    const begin = begins[0];
    all.push({ tag: null, text: rest.slice(0, begin?.at) });
    if (begin === undefined) break;
    const inside = rest.slice(begin.at + begin.tag.length + 2);
    const end = inside.indexOf(`</${begin.tag}>`);
    all.push({ tag: begin.tag, text: end < 0 ? inside : inside.slice(0, end) });
    if (end < 0) break;
    rest = inside.slice(end + begin.tag.length + 3);
  }
  return joined(all.filter(({ text }) => text !== ''));
}

describe('taggedText', () => {
  const values = { a: '<why>It ra', b: 'ins.</w', c: 'hy> So', d: ' <w' };
  const expected = { a: 'why:It ra', b: 'why:ins.', c: '-: So', d: '-: ', e: '-:<w' };

  it('should give each piece with its tag, and what was held at the end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('                                 -a-b-c-d-|   ', values);
      expectObservable(source.pipe(taggedText('why'), shown)).toBe('-a-b-c-d-(e|)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should give what was held before an error', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('                                -a-b-#   ', values);
      const expected = { a: 'why:It ra', b: 'why:ins.', e: 'why:</w' };
      expectObservable(source.pipe(taggedText('why'), shown)).toBe('-a-b-(e#)', expected);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('should never emit and complete as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-');
      const empty = cold('--|');
      expectObservable(never.pipe(taggedText('why'))).toBe('-');
      expectObservable(empty.pipe(taggedText('why'))).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', values);
      expectObservable(source.pipe(taggedText('why'), shown), '----!').toBe('-a-b-', expected);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-a-b-|', values).pipe(taggedText('why'), shown);
      const expected = { a: 'why:It ra', b: 'why:ins.', e: 'why:</w' };
      expectObservable(result).toBe('-a-b-(e|)', expected);
      expectObservable(result, '--^').toBe('---a-b-(e|)', expected);
    });
  });

  it('should give several texts of one piece in order', async () => {
    expect(await taggedOf(['1<a>2</a>3<b>4</b><a></a><b>5'], 'a', 'b')).toEqual([
      { tag: null, text: '1' },
      { tag: 'a', text: '2' },
      { tag: null, text: '3' },
      { tag: 'b', text: '4' },
      { tag: 'b', text: '5' },
    ]);
  });

  it('should take tags within a tag, stray ends, attributes and other names for text', async () => {
    const texts = [
      ['<a>1<b>2</b>3</a>', 'a', '1<b>2</b>3'],
      ['<a>1<a>2</a>', 'a', '1<a>2'],
      ['1</a>2', null, '1</a>2'],
      ['<a b="c">1</a>', null, '<a b="c">1</a>'],
      ['<A>1 < 2</A><ab>', null, '<A>1 < 2</A><ab>'],
    ] as const;
    for (const [whole, tag, text] of texts) {
      expect(joined(await taggedOf(whole.split(''), 'a', 'b'))).toEqual([{ tag, text }]);
    }
  });

  it('should hold back no more than may be the beginning of a tag', async () => {
    const pieces = ['a<', 'x', '<<a', '>b</', 'a', '>', '<', '<'];
    expect((await taggedOf(pieces, 'a')).map(({ text }) => text)).toEqual([
      'a',
      '<x',
      '<',
      'b',
      '<',
      '<',
    ]);
  });

  it('should give the same texts whatever pieces the text comes in', async () => {
    const parts = ['<a>', '</a>', '<ab>', '</ab>', '<', '</', '>', 'a', 'b', '/', '😀', ' '];
    const texts = fc.string({ unit: fc.constantFrom(...parts) });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(100)), async (whole, cuts) => {
        const found = await taggedOf(piecesOf(whole, cuts), 'a', 'ab');
        expect(joined(found)).toEqual(taggedOfWhole(whole, ['a', 'ab']));
        expect(found.map(({ text }) => text)).not.toContain('');
      }),
      { numRuns: 1000 },
    );
  });

  it.each([[[]], [['']], [['a', 'b c']], [['<a>']], [['/a']]])(
    'should refuse the tags %p at once',
    (tags) => {
      expect(() => taggedText(...tags)).toThrow(TypeError);
      expect(() => taggedText(...tags)).toThrow(/taggedText: give the names of tags, such as/);
    },
  );

  it('should know the tags by type', () => {
    const result = streamOf('Hi').pipe(textDeltas(), taggedText('thinking', 'answer'));
    expectTypeOf(result).toEqualTypeOf<Observable<TaggedText<'thinking' | 'answer'>>>();
    void result.pipe(
      // @ts-expect-error there is no such tag
      map(({ tag }) => tag === 'reasoning'),
    );
  });
});
