import { describe, expect, it } from '@jest/globals';
import { addContent, finishedContent, noContent } from '../../../providers/mistral/content.ts';

const contentOf = (...pieces: readonly unknown[]) =>
  finishedContent(pieces.reduce(addContent, noContent));

const text = (piece: string) => ({ type: 'text', text: piece });
const thinking = (piece: string, fields: object = { closed: true }) => ({
  type: 'thinking',
  thinking: [text(piece)],
  ...fields,
});
const reference = { type: 'reference', referenceIds: [0] };

describe('content', () => {
  it.each<[string, readonly unknown[], unknown]>([
    ['no content', [], null],
    ['content that is null', [null, undefined], null],
    ['an empty text', ['', null], ''],
    ['texts', ['Hel', '', 'lo'], 'Hello'],
    [
      'a text, reasoning, and a text again',
      ['', [thinking('H', {})], [thinking('m')], [thinking('.'), text('1')], '44'],
      [thinking('Hm.'), text('144')],
    ],
    [
      'reasoning in two parts',
      [[thinking('a')], 'text', [thinking('b')]],
      [thinking('a'), text('text'), thinking('b')],
    ],
    [
      'reasoning that is signed',
      [[thinking('a', { signature: 's' })], [thinking('b')]],
      [thinking('a', { signature: 's' }), thinking('b')],
    ],
    [
      'references in the text',
      [[text('It is so')], [reference], [text('.'), text('')], '!'],
      [text('It is so'), reference, text('.!')],
    ],
    [
      'references in the reasoning',
      [
        [{ type: 'thinking', thinking: [text('a')] }],
        [{ type: 'thinking', thinking: [reference] }],
      ],
      [{ type: 'thinking', thinking: [text('a'), reference] }],
    ],
    [
      'a text with fields of its own',
      [[text('a')], [{ ...text('b'), note: 1 }], [text('c')]],
      [text('a'), { ...text('b'), note: 1 }, text('c')],
    ],
    ['a list without parts', [[]], []],
    ['what is no part', [[7, null, { type: 'thinking' }]], [7, null, { type: 'thinking' }]],
  ])('should give %s as a message has it that did not stream', (_kind, pieces, expected) => {
    expect(contentOf(...pieces)).toEqual(expected);
  });

  it('should leave what it grew from as it was', () => {
    const before = ['', [thinking('H')]].reduce<typeof noContent>(addContent, noContent);
    const then = finishedContent(before);
    addContent(before, [thinking('m'), text('!')]);
    expect(finishedContent(before)).toEqual(then);
  });
});
