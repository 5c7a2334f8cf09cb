import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonInText } from '../../../lib/json/json-in-text.ts';
import { jsonOrScalar } from '../../../lib/json/json-or-scalar.ts';
import type { JsonType } from '../../../lib/json/json-type.ts';
import { brokenJsonTexts, inPieces, jsonTexts } from './json-texts.ts';
import { frozen, isSame, isSoundPrefix, sharesWhatIsSame } from './json-values.ts';

const scalars: readonly JsonType[] = ['string', 'number', 'boolean', 'null'];

/** What a reader has come to at the end of a text, in pieces. */
function endOf(
  pieces: readonly string[],
  types = scalars,
  root: Parameters<typeof jsonOrScalar>[0] = 'either',
) {
  const reader = jsonOrScalar(root, types);
  for (const piece of pieces) reader.push(piece);
  reader.end();
  const { state, value, error, found } = reader;
  expect(found).toBe(false);
  return { state, value, error };
}

/** The text at once, and character by character. */
const bothWays = (text: string): readonly (readonly string[])[] => [[text], text.split('')];

describe('jsonOrScalar', () => {
  it.each([
    ['42', 42],
    [' -1.5e3\n', -1500],
    ['0', 0],
    ['"hello"', 'hello'],
    ['\t"use {x} and [1]" ', 'use {x} and [1]'],
    ['""', ''],
    ['true', true],
    ['\nfalse', false],
    ['null', null],
    ['{"a":[1]}', { a: [1] }],
    [' [null] ', [null]],
  ])('should read %j as what it is', (text, value) => {
    for (const pieces of bothWays(text)) {
      expect(endOf(pieces)).toEqual({ state: 'complete', value, error: null });
    }
  });

  it.each([
    ['behind a number', '3 things: {"a":1}'],
    ['behind a numeral', '1. First: {"a":1}'],
    ['behind a dash', '- {"a":1}'],
    ['behind a word', 'true or not, {"a":1}'],
    ['behind the beginning of a word', 'note: {"a":1}'],
    ['behind a quotation', '"Yes", it said: {"a":1}'],
    ['behind what a quotation holds', 'The "key": {"a":1}'],
    ['with a quotation mark in front', '"{"a":1}"'],
    ['in a fence', '```json\n{"a":1}\n```'],
    ['with prose around it', 'Sure: {"a":1}. 42'],
    ['before a number', '{"a":1} 42'],
  ])('should find an object %s', (_, text) => {
    for (const pieces of bothWays(text)) {
      expect(endOf(pieces)).toEqual({ state: 'complete', value: { a: 1 }, error: null });
    }
  });

  it.each([
    ['', 'No JSON in the text', 0],
    [' \n', 'No JSON in the text', 2],
    ['I do not know.', 'No JSON in the text', 14],
    ['42 apples', 'No JSON in the text', 9],
    ['"Well", he said', 'No JSON in the text', 15],
    ['"Well', 'The text ends too early', 5],
    ['tru', 'The text ends too early', 3],
    ['-', 'The text ends too early', 1],
    ['[1', 'The JSON is cut off', 2],
  ])('should say what is wrong with %j', (text, message, position) => {
    for (const pieces of bothWays(text)) {
      const { state, error } = endOf(pieces);
      expect({ state, error }).toEqual({ state: 'invalid', error: { message, position } });
    }
  });

  it('should keep what came of a string that is cut off', () => {
    expect(endOf(['"We', 'll {'])).toMatchObject({ state: 'invalid', value: 'Well {' });
  });

  it('should take scalars of the types that are asked for, and look for what is asked for', () => {
    expect(endOf(['null'], ['object', 'null'], 'object')).toMatchObject({ value: null });
    for (const text of ['42', '"a"', 'true', '[1]']) {
      expect(endOf([text], ['object', 'null'], 'object')).toMatchObject({
        state: 'invalid',
        error: { message: 'No JSON object in the text' },
      });
    }
    expect(endOf(['"Yes": {"a":[1]}'], ['null'], 'array')).toMatchObject({ value: [1] });
    expect(endOf(['null'], [])).toMatchObject({ state: 'invalid' });
  });

  it('should show a string as it grows, and what else is no object or array at the end', () => {
    const seen = (pieces: readonly string[]) => {
      const reader = jsonOrScalar('either', scalars);
      return pieces.map((piece) => {
        reader.push(piece);
        return [reader.state, reader.value];
      });
    };
    expect(seen(['"He', 'llo', '"', ' '])).toEqual([
      ['open', 'He'],
      ['open', 'Hello'],
      ['open', 'Hello'],
      ['open', 'Hello'],
    ]);
    expect(seen(['"Hi" {', '"a":1', '}'])).toEqual([
      ['open', {}],
      ['open', {}],
      ['complete', { a: 1 }],
    ]);
    expect(seen(['3 ', 'things: [', '4]'])).toEqual([
      ['open', undefined],
      ['open', []],
      ['complete', [4]],
    ]);
    expect(seen(['null', ' '])).toEqual([
      ['open', undefined],
      ['open', undefined],
    ]);
  });

  it('should come to what JSON.parse gives, by sound steps, in any pieces', () => {
    fc.assert(
      fc.property(inPieces(jsonTexts({ uniqueKeys: true })), (pieces) => {
        const whole: unknown = JSON.parse(pieces.join(''));
        const reader = jsonOrScalar('either', scalars);
        const values = pieces.map((piece) => {
          reader.push(piece);
          return frozen(reader.value);
        });
        const begun = values.filter((value) => value !== undefined);
        expect(begun.every((value) => isSoundPrefix(value, whole))).toBe(true);
        expect(begun.every((value, at) => at === 0 || sharesWhatIsSame(begun[at - 1], value))).toBe(
          true,
        );
        reader.end();
        expect([reader.state, reader.error]).toEqual(['complete', null]);
        expect(isSame(reader.value, whole)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('should read any text as the scalar it is, or as jsonInText does', () => {
    const prose = fc.constantFrom('', 'So: ', '42 ', '"Well" ', 'null and ', '```json\n');
    const texts = fc.tuple(prose, fc.oneof(jsonTexts(), brokenJsonTexts()), prose);
    fc.assert(
      fc.property(inPieces(texts.map((all) => all.join(''))), (pieces) => {
        const text = pieces.join('');
        const end = endOf(pieces);
        const parsed = scalarIn(text);
        if (parsed !== null) return expect(end).toMatchObject({ state: 'complete', ...parsed });
        // A string that is cut off might go on as one, whatever stands in it.
        if (end.error?.message === 'The text ends too early') return;
        const inText = jsonInText('either');
        for (const piece of pieces) inText.push(piece);
        inText.end();
        const { state, value, error } = inText;
        expect(end).toEqual({ state, value, error });
      }),
      { numRuns: 1_000 },
    );
  });
});

/** The value of a text that is nothing but a scalar. */
function scalarIn(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? null : { value };
  } catch {
    return null;
  }
}
