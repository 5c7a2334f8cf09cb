import type { PartialArg } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { argumentsWriter } from '../../../providers/google/streamed-arguments.ts';

const written = (pieces: readonly PartialArg[]): readonly string[] => {
  const writer = argumentsWriter();
  return [...pieces.map((piece) => writer.add(piece)), writer.end()];
};

const parsed = (pieces: readonly PartialArg[]): unknown => JSON.parse(written(pieces).join(''));

describe('argumentsWriter', () => {
  it('should write nothing for no arguments', () => {
    expect(written([])).toEqual(['']);
  });

  it('should write each value as it comes', () => {
    expect(
      written([
        { jsonPath: '$.city', stringValue: 'Os', willContinue: true },
        { jsonPath: '$.city', stringValue: 'lo', willContinue: true },
        { jsonPath: '$.city', stringValue: '' },
        { jsonPath: '$.days', numberValue: 3 },
        { jsonPath: '$.metric', boolValue: true },
        { jsonPath: '$.note', nullValue: 'NULL_VALUE' },
      ]),
    ).toEqual(['{"city":"Os', 'lo', '"', ',"days":3', ',"metric":true', ',"note":null', '}']);
  });

  it('should open and close what the paths enter and leave', () => {
    const pieces: readonly PartialArg[] = [
      { jsonPath: '$.list[0].a', stringValue: 'x' },
      { jsonPath: '$.list[0].b', numberValue: 1 },
      { jsonPath: '$.list[1].a', stringValue: 'y' },
      { jsonPath: '$.rows[0][0]', numberValue: 1 },
      { jsonPath: '$.rows[0][1]', numberValue: 2 },
      { jsonPath: '$.rows[1][0]', numberValue: 3 },
      { jsonPath: '$.end', boolValue: false },
    ];
    expect(parsed(pieces)).toEqual({
      list: [{ a: 'x', b: 1 }, { a: 'y' }],
      rows: [[1, 2], [3]],
      end: false,
    });
  });

  it('should close a string that another value follows', () => {
    expect(
      parsed([
        { jsonPath: '$.a', stringValue: 'x', willContinue: true },
        { jsonPath: '$.b', numberValue: 1 },
      ]),
    ).toEqual({ a: 'x', b: 1 });
  });

  it('should close a string that the call ends', () => {
    expect(parsed([{ jsonPath: '$.a', stringValue: 'x', willContinue: true }])).toEqual({ a: 'x' });
  });

  it.each([
    [`$['a b']`, { 'a b': 1 }],
    [`$["a b"]`, { 'a b': 1 }],
    [`$['it\\'s "so"']`, { [`it's "so"`]: 1 }],
    [`$["say \\"so\\""]`, { 'say "so"': 1 }],
    [`$['\\u00e9']`, { é: 1 }],
    [`$['broken \\x']`, { 'broken \\x': 1 }],
    ['$.größe', { größe: 1 }],
  ])('should read the path %s', (jsonPath, expected) => {
    expect(parsed([{ jsonPath, numberValue: 1 }])).toEqual(expected);
  });

  it.each([{}, { jsonPath: '$' }, { jsonPath: '' }])('should find nothing in %j', (piece) => {
    expect(written([piece])).toEqual(['', '']);
  });

  it('should keep characters that are cut in half', () => {
    const [high, low] = ['😊'.slice(0, 1), '😊'.slice(1)];
    expect(
      parsed([
        { jsonPath: '$.a', stringValue: high, willContinue: true },
        { jsonPath: '$.a', stringValue: low },
      ]),
    ).toEqual({ a: '😊' });
  });

  it('should write whole members before streamed ones', () => {
    const writer = argumentsWriter();
    const text =
      writer.addMembers({ a: [1], b: { c: 2 } }) + writer.add({ jsonPath: '$.d', numberValue: 3 });
    expect(JSON.parse(text + writer.end())).toEqual({ a: [1], b: { c: 2 }, d: 3 });
  });

  it('should add up to any arguments whose containers are not empty', () => {
    type Value =
      string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
    const { value } = fc.letrec<{ value: Value; leaf: Value }>((tie) => ({
      leaf: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
      ),
      value: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), tie('value'), {
          minKeys: 1,
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    }));
    const piecesOf = (path: string, item: Value): readonly PartialArg[] => {
      if (Array.isArray(item)) {
        return item.flatMap((member: Value, index) => piecesOf(`${path}[${index}]`, member));
      }
      if (typeof item === 'object' && item !== null) {
        return Object.entries(item).flatMap(([name, member]) =>
          piecesOf(`${path}[${JSON.stringify(name)}]`, member),
        );
      }
      if (typeof item === 'number') return [{ jsonPath: path, numberValue: item }];
      if (typeof item === 'boolean') return [{ jsonPath: path, boolValue: item }];
      if (item === null) return [{ jsonPath: path, nullValue: 'NULL_VALUE' }];
      const middle = Math.floor(item.length / 2);
      return [
        { jsonPath: path, stringValue: item.slice(0, middle), willContinue: true },
        { jsonPath: path, stringValue: item.slice(middle), willContinue: true },
        { jsonPath: path, stringValue: '' },
      ];
    };
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), value, {
          minKeys: 1,
          maxKeys: 4,
          noNullPrototype: true,
        }),
        (args) => {
          expect(parsed(piecesOf('$', args))).toEqual(JSON.parse(JSON.stringify(args)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
