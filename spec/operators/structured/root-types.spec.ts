import { describe, expect, it } from '@jest/globals';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { responseModel, type JsonSchema } from 'rx-llm';
import { z } from 'zod';
import { rootTypes } from '../../../operators/structured/root-types.ts';

const anything = ['object', 'array', 'string', 'number', 'boolean', 'null'];
const object = { type: 'object' };

describe('rootTypes', () => {
  it.each<readonly [string, JsonSchema, readonly string[]]>([
    ['type', object, ['object']],
    ['several types', { type: ['null', 'integer'] }, ['number', 'null']],
    ['const', { const: [1] }, ['array']],
    ['const of null', { const: null }, ['null']],
    ['enum', { enum: ['a', 1, true, null, {}] }, ['object', 'string', 'number', 'boolean', 'null']],
    ['anyOf', { anyOf: [object, { type: 'null' }] }, ['object', 'null']],
    ['oneOf', { oneOf: [object, { type: 'array' }] }, ['object', 'array']],
    ['allOf', { allOf: [{ type: ['object', 'array'] }, object, {}] }, ['object']],
    [
      'all of these at once',
      { type: ['object', 'string'], anyOf: [object, { type: 'null' }] },
      ['object'],
    ],
    ['anyOf within anyOf', { anyOf: [{ anyOf: [object] }, { allOf: [object] }] }, ['object']],
    ['true among others', { anyOf: [object, true] }, anything],
    ['false among others', { anyOf: [object, false] }, ['object']],
  ])('should go by %s', (_, schema, types) => {
    expect(rootTypes(schema)).toEqual(types);
  });

  it.each<readonly [string, JsonSchema]>([
    ['nothing', {}],
    ['nothing of the root', { properties: { a: { type: 'string' } }, $defs: { A: object } }],
    ['what nothing fits', { anyOf: [] }],
    ['contradictions', { type: 'object', const: 1 }],
    ['types that there are not', { type: 'date' }],
    ['what is no schema', { type: undefined, enum: 'a', anyOf: object, allOf: null }],
  ])('should take anything where a schema says %s', (_, schema) => {
    expect(rootTypes(schema)).toEqual(anything);
  });

  it.each<readonly [string, JsonSchema]>([
    ['definitions', { $ref: '#/$defs/A', $defs: { A: object } }],
    ['older definitions', { $ref: '#/definitions/A', definitions: { A: object } }],
    ['one another', { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/B' }, B: object } }],
    ['a place in a list', { anyOf: [object, { $ref: '#/anyOf/0' }] }],
    ['escaped names', { $ref: '#/$defs/a~1b~0c%20d', $defs: { 'a/b~c d': object } }],
    ['names that only look escaped', { $ref: '#/$defs/100%', $defs: { '100%': object } }],
  ])('should follow references to %s', (_, schema) => {
    expect(rootTypes(schema)).toEqual(['object']);
  });

  it.each(['#/$defs/B', '#/type/a', '#anchor', 'other.json#/$defs/A', '', '#'])(
    'should learn nothing from the reference %j',
    ($ref) => {
      expect(rootTypes({ $ref, $defs: { A: object }, type: ['string', 'null'] })).toEqual([
        'string',
        'null',
      ]);
      expect(rootTypes({ $ref, $defs: { A: object } })).toEqual(anything);
    },
  );

  it('should come to an end where schemas lead back to themselves', () => {
    const node = { anyOf: [object, { $ref: '#/$defs/Node' }] };
    expect(rootTypes({ allOf: [{ $ref: '#/$defs/Node' }, object], $defs: { Node: node } })).toEqual(
      ['object'],
    );
    expect(rootTypes({ $ref: '#' })).toEqual(anything);
  });

  it('should read what libraries print', () => {
    const one = z.object({ k: z.literal('a'), a: z.number() });
    const other = z.object({ k: z.literal('b') });
    const Tree = z.object({
      get kids() {
        return z.array(Tree);
      },
    });
    const cases = [
      [z.discriminatedUnion('k', [one, other]), ['object']],
      [one.and(other), ['object']],
      [one.nullable(), ['object', 'null']],
      [z.array(one).or(other), ['object', 'array']],
      [z.enum(['a', 'b']).nullable(), ['string', 'null']],
      [z.tuple([z.number()]), ['array']],
      [z.record(z.string(), z.number()), ['object']],
      [Tree, ['object']],
      [z.lazy(() => one).meta({ id: 'One' }), ['object']],
      [z.unknown(), anything],
      [type({ a: 'number' }).or('null'), ['object', 'null']],
      [toStandardJsonSchema(v.union([v.object({}), v.array(v.string())])), ['object', 'array']],
    ] as const;
    for (const [schema, types] of cases) {
      expect(rootTypes(responseModel(schema).schema)).toEqual(types);
    }
  });
});
