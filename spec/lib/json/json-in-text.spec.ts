import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonInText } from '../../../lib/json/json-in-text.ts';
import type { JsonReader } from '../../../lib/json/json-reader.ts';
import { cut, inPieces, jsonTexts } from './json-texts.ts';
import { frozen, isSame } from './json-values.ts';

type Root = 'object' | 'array' | 'either';

function readerOf(root: Root, ...pieces: readonly string[]): JsonReader {
  const reader = jsonInText(root);
  for (const piece of pieces) reader.push(piece);
  return reader;
}

function endedReaderOf(root: Root, ...pieces: readonly string[]): JsonReader {
  const reader = readerOf(root, ...pieces);
  reader.end();
  return reader;
}

/** The text at once, and character by character. */
const bothWays = (text: string): readonly (readonly string[])[] => [[text], text.split('')];

describe('jsonInText', () => {
  it.each([
    ['bare', '{"a":[1]}'],
    ['with white space around it', '\n {"a":[1]}\n\n'],
    ['with prose around it', 'Here you are: {"a":[1]} Enjoy!'],
    ['in a fence', '```json\n{"a":[1]}\n```'],
    ['in a fence with prose around it', 'Sure!\n\n```json\n{"a":[1]}\n```\nAnything else?'],
    ['before JSON', '{"a":[1]}{"a":[2]}'],
    ['before a stray bracket', '{"a":[1]}}'],
    ['behind an array', 'See [1], [x] {"a":[1]}'],
    ['in an array', '[{"a":[1]},{"a":[2]}]'],
    ['behind braces of prose', 'Of {name} and { …} and {: this {"a":[1]}'],
    ['behind a lone brace', 'A block begins with { and so on. {"a":[1]}'],
    ['behind two braces', '{{"a":[1]}}'],
    ['behind one that breaks', 'Like {"a": …} this: {"a":[1]}'],
    ['behind one that breaks deep inside', '{"a":[{"b":{"c":.}}]} {"a":[1]}'],
    ['behind one that breaks in a string', '{"a":"x\n"} {"a":[1]}'],
    [
      'behind one that breaks, with brackets of the other kind',
      '{"a":., "b":[[1],{"a":2}]} {"a":[1]}',
    ],
    ['behind a set', '{"a", "b"} {"a":[1]}'],
  ])('should find an object %s', (_, text) => {
    for (const pieces of bothWays(text)) {
      const { state, value, error } = endedReaderOf('object', ...pieces);
      expect({ state, value, error }).toEqual({
        state: 'complete',
        value: { a: [1] },
        error: null,
      });
    }
  });

  it.each([
    ['bare', '[{"a":1}]'],
    ['in a fence with prose around it', 'Sure!\n\n```json\n[{"a":1}]\n```\nSee [2].'],
    ['behind brackets of prose', 'As [Smith, 1998] and [sic] say: [{"a":1}]'],
    ['behind brackets that only open', 'Like [[x [{"a":1}]'],
    ['behind an object', '{"b":1} [{"a":1}]'],
    ['in an object', '{"b":[{"a":1}]}'],
    ['behind one that breaks', '[1 and 2] [{"a":1}]'],
  ])('should find an array %s', (_, text) => {
    for (const pieces of bothWays(text)) {
      const { state, value } = endedReaderOf('array', ...pieces);
      expect({ state, value }).toEqual({ state: 'complete', value: [{ a: 1 }] });
    }
  });

  it.each<readonly [string, number, string]>([
    ['', 0, 'No JSON object in the text'],
    ['I cannot do that.', 17, 'No JSON object in the text'],
    ['[1, 2]', 6, 'No JSON object in the text'],
    ['So: {"a":1, "b', 14, 'The JSON object is cut off'],
    ['{', 1, 'The JSON object is cut off'],
    ['{x} {"a":"b"', 12, 'The JSON object is cut off'],
    ['So: {a:1}', 5, 'The JSON object is broken: Expected a key or }'],
    ["{'a':1}", 1, 'The JSON object is broken: Expected a key or }'],
    ['{"a":1,}', 7, 'The JSON object is broken: Expected a key'],
    ['{x} {"a":1,} {y}', 11, 'The JSON object is broken: Expected a key'],
    ['{x} {y}', 1, 'The JSON object is broken: Expected a key or }'],
    ['{"a":tru, "b":{"c":1}}', 8, 'The JSON object is broken: Unknown word'],
    ['{"a":{"b":[1,{"c":01}]}, "d":{}}', 19, 'The JSON object is broken: Malformed number'],
    ['{"a":[1,2}, {"b":1}', 9, 'The JSON object is broken: Expected a comma or ]'],
  ])('should say what is wrong with %j', (text, position, message) => {
    for (const pieces of bothWays(text)) {
      const reader = readerOf('object', ...pieces);
      expect({ state: reader.state, error: reader.error }).toEqual({ state: 'open', error: null });
      reader.end();
      expect({ state: reader.state, error: reader.error }).toEqual({
        state: 'invalid',
        error: { message, position },
      });
    }
  });

  it.each([
    ['an object', 'So: {"a":[1]}.', { a: [1] }],
    ['an array', 'So: [{"a":1}].', [{ a: 1 }]],
    ['what comes behind brackets of prose', 'Of [x] and {y}: [1]', [1]],
    ['what comes first', '[1] {"a":1}', [1]],
  ])('should find %s where either will do', (_, text, value) => {
    for (const pieces of bothWays(text)) {
      const reader = endedReaderOf('either', ...pieces);
      expect([reader.state, reader.value]).toEqual(['complete', value]);
    }
  });

  it('should say that there is neither', () => {
    expect(endedReaderOf('either', 'None.').error?.message).toBe('No JSON in the text');
    expect(endedReaderOf('either', '[1').error?.message).toBe('The JSON is cut off');
  });

  it('should name the array that it misses', () => {
    expect(endedReaderOf('array', '{}').error?.message).toBe('No JSON array in the text');
  });

  it('should have the value so far of the candidate, and none when it went wrong', () => {
    const steps: readonly (readonly [string, unknown])[] = [
      ['Like ', undefined],
      ['{', {}],
      ['name', undefined],
      ['} or {"a":"', { a: '' }],
      ['x', { a: 'x' }],
      ['"', { a: 'x' }],
      ['"', undefined],
      [',"b":{"c":1}', undefined],
      ['} and {', {}],
      ['"d":[', { d: [] }],
      [']}', { d: [] }],
      [' {"e":1}', { d: [] }],
    ];
    const reader = jsonInText('object');
    for (const [piece, value] of steps) {
      reader.push(piece);
      expect([piece, reader.value]).toEqual([piece, value]);
    }
    expect(reader.state).toBe('complete');
  });

  it('should not change the value behind it', () => {
    const reader = readerOf('object', '{"a":1}');
    const { value } = reader;
    reader.push(' {"a":2}');
    reader.end();
    expect(reader.value).toBe(value);
    expect(reader.state).toBe('complete');
  });

  it('should keep the value of one that is cut off', () => {
    expect(endedReaderOf('object', '{"a":{"b":"x').value).toEqual({ a: { b: 'x' } });
  });

  it('should be told once that the text ends', () => {
    const reader = endedReaderOf('object', 'no');
    const { error } = reader;
    reader.push('{}');
    reader.end();
    expect([reader.state, reader.error]).toEqual(['invalid', error]);
  });

  it('should find any JSON in any prose, whatever the pieces', () => {
    const prose = fc
      .array(fc.constantFrom('Sure! ', 'é😊', '\n', '```json\n', '{x} ', '[y] ', '{{%', '[[%'), {
        maxLength: 5,
      })
      .map((pieces) => pieces.join(''));
    const roots = {
      object: jsonTexts().map((inner) => `{"a":${inner}}`),
      array: jsonTexts().map((inner) => `[${inner}]`),
    };
    const rest = fc.array(fc.constantFrom('```', '\n', '}', ']', '{', '[', '"', 'That is all.'));
    for (const root of ['object', 'array'] as const) {
      fc.assert(
        fc.property(prose, roots[root], rest, fc.array(fc.nat()), (before, json, after, cuts) => {
          // The colon: a bracket of prose is told from JSON by what follows it.
          const text = `${before}: ${json}${after.join('')}`;
          const { state, value } = endedReaderOf(root, ...cut(text, cuts));
          expect(state).toBe('complete');
          expect(isSame(value, JSON.parse(json))).toBe(true);
        }),
        { numRuns: 1_000 },
      );
    }
  });

  it('should say the same of any text, whatever the pieces', () => {
    const soup = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          'a',
          ':',
          ',',
          '1',
          ' ',
          '\n',
          '\\',
          '{"a":',
          '{"a":[',
          '{}',
          '[1]',
          '"}',
        ),
        { maxLength: 16 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.constantFrom('object', 'array'), inPieces(soup), (root, pieces) => {
        const reader = jsonInText(root);
        pieces.forEach((piece, position) => {
          reader.push(piece);
          const atOnce = readerOf(root, pieces.slice(0, position + 1).join(''));
          expect(isSame(frozen(reader.value), atOnce.value)).toBe(true);
          expect(reader.state).toBe(atOnce.state);
        });
        reader.end();
        const { state, error } = endedReaderOf(root, pieces.join(''));
        expect({ state: reader.state, error: reader.error }).toEqual({ state, error });
      }),
      { numRuns: 1_000 },
    );
  });

  it('should take nothing for the answer that is part of something broken', () => {
    fc.assert(
      fc.property(jsonTexts(), jsonTexts(), (first, second) => {
        // What breaks is the outermost object, behind its last value.
        const text = `{"a":${first} "b":${second.replace(/["{}[\]\\]/g, '')}}`;
        expect(endedReaderOf('object', text).state).toBe('invalid');
      }),
    );
  });

  describe('elements', () => {
    const elementsIn = (root: Root, path: readonly string[], text: string) => {
      const handedOn: unknown[] = [];
      const reader = jsonInText(root, {
        each: { path, next: (value, index) => handedOn.push([index, value]) },
      });
      reader.push(text);
      reader.end();
      return { handedOn, reader };
    };

    it('should be handed on as they close', () => {
      const { handedOn, reader } = elementsIn('array', [], 'As [sic]: [1, {"a":[2]}] and [3]');
      expect(handedOn).toEqual([
        [0, 1],
        [1, { a: [2] }],
      ]);
      expect([reader.state, reader.value, reader.found]).toEqual(['complete', [], true]);
    });

    it('should be found by their path', () => {
      const { handedOn, reader } = elementsIn('object', ['a'], '{x} {"b":[0],"a":["1"]}');
      expect(handedOn).toEqual([[0, '1']]);
      expect(reader.value).toEqual({ b: [0], a: [] });
    });

    it('should not be looked for behind those that were handed on before it broke', () => {
      const { handedOn, reader } = elementsIn('array', [], '[1, 2, x] [3]');
      expect(handedOn).toEqual([
        [0, 1],
        [1, 2],
      ]);
      expect(reader.state).toBe('invalid');
      expect(reader.error).toEqual({
        message: 'The JSON array is broken: Expected a value',
        position: 7,
      });
    });

    it('should be missed where there is no such array', () => {
      for (const text of ['{"b":[1]}', '{"a":{}}', 'no', '{"a":', '{x']) {
        const { handedOn, reader } = elementsIn('object', ['a'], text);
        expect(handedOn).toEqual([]);
        expect(reader.found).toBe(false);
      }
    });
  });

  it('should be told what to look for', () => {
    // @ts-expect-error -- an object or an array
    jsonInText('string');
  });
});
