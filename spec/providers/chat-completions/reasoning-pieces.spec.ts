import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comesInPieces, joinPieces } from '../../../providers/chat-completions/reasoning-pieces.ts';

const thinking = (text: string, signature: string | null = null) => ({
  type: 'thinking',
  thinking: text,
  signature,
});

const detail = (index: number, text: string, fields: object = {}) => ({
  type: 'reasoning.text',
  text,
  index,
  ...fields,
});

describe('comesInPieces', () => {
  it.each([
    ['thinking_blocks', true],
    ['reasoning_details', true],
    ['annotations', false],
    ['constructor', false],
  ])('should tell of %s', (name, expected) => {
    expect(comesInPieces(name)).toBe(expected);
  });
});

describe('joinPieces', () => {
  it('should join the texts of a block, and take its signature', () => {
    const pieces = [thinking('H'), thinking('mm'), thinking('', 'c2ln')];
    expect(joinPieces(pieces)).toEqual([thinking('Hmm', 'c2ln')]);
  });

  it('should begin another block behind a signature', () => {
    const pieces = [thinking('a'), thinking('', 's1'), thinking('b'), thinking('c', 's2')];
    expect(joinPieces(pieces)).toEqual([thinking('a', 's1'), thinking('bc', 's2')]);
  });

  it('should not begin another block where nothing more is said', () => {
    expect(joinPieces([thinking('a', 's1'), thinking('')])).toEqual([thinking('a', 's1')]);
  });

  it('should keep redacted blocks apart', () => {
    const redacted = ['eHg=', 'eHk='].map((data) => ({ type: 'redacted_thinking', data }));
    expect(joinPieces([thinking('a', 's1'), ...redacted])).toEqual([
      thinking('a', 's1'),
      ...redacted,
    ]);
  });

  it('should join details by their index, interleaved or not, in the order they began', () => {
    const pieces = [detail(1, 'b'), detail(0, 'a'), detail(1, 'B'), detail(0, 'A')];
    expect(joinPieces(pieces)).toEqual([detail(1, 'bB'), detail(0, 'aA')]);
  });

  it('should join the pieces of a summary', () => {
    const summary = (text: string) => ({ type: 'reasoning.summary', summary: text, index: 0 });
    expect(joinPieces([summary('In '), summary('short')])).toEqual([summary('In short')]);
  });

  it('should keep details of different types and ids apart, whatever their index', () => {
    const encrypted = (id: string) => ({ type: 'reasoning.encrypted', data: id, id, index: 0 });
    const pieces = [detail(0, 'a'), encrypted('x'), encrypted('y')];
    expect(joinPieces(pieces)).toEqual(pieces);
    const named = [detail(0, 'a', { id: 'x' }), detail(0, 'b', { id: 'y' })];
    expect(joinPieces(named)).toEqual(named);
  });

  it('should keep what is said once, and let nothing replace it', () => {
    const pieces = [
      detail(0, 'a', { format: 'unknown', id: null }),
      detail(0, 'b', { format: null, id: 'x' }),
      detail(0, 'c', { id: '', signature: 's' }),
    ];
    expect(joinPieces(pieces)).toEqual([
      detail(0, 'abc', { format: 'unknown', id: 'x', signature: 's' }),
    ]);
  });

  it('should keep what is no piece, as it came', () => {
    expect(joinPieces([null, 'a', 7, thinking('b')])).toEqual([null, 'a', 7, thinking('b')]);
  });

  it('should not change the pieces', () => {
    const pieces = [thinking('a'), thinking('b')].map((piece) => Object.freeze(piece));
    expect(joinPieces(pieces)).toEqual([thinking('ab')]);
  });

  it('should make the same blocks of any pieces', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const block = fc.record({ text, cuts: fc.array(fc.nat(12), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
        const pieces = blocks.flatMap(({ text, cuts }, index) => [
          ...split(text, cuts).map((part) => thinking(part)),
          thinking('', `s${index}`),
        ]);
        expect(joinPieces(pieces)).toEqual(
          blocks.map(({ text }, index) => thinking(text, `s${index}`)),
        );
      }),
    );
  });
});

/** A text, cut at these places. */
const split = (text: string, cuts: readonly number[]): string[] => {
  const borders = [...new Set([0, ...cuts, text.length])]
    .filter((border) => border <= text.length)
    .sort((a, b) => a - b);
  return borders.slice(1).map((end, index) => text.slice(borders[index], end));
};
