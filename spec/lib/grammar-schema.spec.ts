import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { grammarSchema } from '../../lib/grammar-schema.ts';
import { mapSchema } from '../../lib/map-schema.ts';
import type { JsonSchema } from '../../lib/schema.ts';

const told = (schema: object): string =>
  `Must also fit this JSON Schema: ${JSON.stringify(schema)}`;

describe('grammarSchema', () => {
  it.each<JsonSchema>([
    { type: 'string', title: 'Name', description: 'A name', default: 'Ada' },
    { type: ['string', 'null'] },
    { type: 'string', enum: ['a', 'b'] },
    { enum: ['a', 1, true, null] },
    { type: 'string', const: 'a' },
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    { allOf: [{ type: 'string' }, { title: 'Name' }] },
    { type: 'array', items: { type: 'number' }, minItems: 0 },
    { type: 'array', items: { type: 'number' }, minItems: 1 },
    { type: 'string', format: 'date-time' },
    { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } },
    { $ref: '#/definitions/a', definitions: { a: { type: 'string' } } },
    { $ref: '#/$defs/a', anyOf: [{ type: 'string' }] },
    {
      type: 'object',
      properties: { minimum: { type: 'string' }, oneOf: { $ref: '#' } },
      required: ['minimum'],
      additionalProperties: false,
    },
  ])('should leave alone what a grammar can be made of: %j', (schema) => {
    expect(grammarSchema(schema)).toStrictEqual(schema);
  });

  it.each<[JsonSchema, JsonSchema]>([
    [{ type: 'integer' }, { minimum: 1, maximum: 9 }],
    [{ type: 'number' }, { exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.5 }],
    [{ type: 'string' }, { minLength: 1, maxLength: 9 }],
    [{ type: 'string' }, { pattern: '^a$' }],
    [{ type: 'string' }, { format: 'phone' }],
    [
      { type: 'array', items: { type: 'string' } },
      { minItems: 2, maxItems: 5, uniqueItems: true },
    ],
    [{ type: 'array' }, { prefixItems: [{ type: 'string' }], items: false }],
    [{ type: 'array' }, { items: [{ type: 'string' }] }],
    [{}, { enum: [{ a: 1 }, null] }],
    [{}, { const: [1] }],
    [{ type: ['string', 'array'] }, { enum: ['a', []] }],
    [{ type: ['string', 'array'] }, { const: [] }],
    [{ enum: ['a', null] }, { type: ['string', 'null'] }],
    [{ const: null }, { type: ['string', 'null'] }],
    [{ type: 'string' }, { not: { oneOf: [{ minLength: 3 }] } }],
    [{ type: 'array' }, { prefixItems: [{ type: 'integer', minimum: 1 }] }],
    [{ anyOf: [{ type: 'null' }] }, { oneOf: [{ minimum: 1 }] }],
    [{ type: 'string' }, { if: { const: 'a' }, then: {}, else: {} }],
    [{ type: 'string' }, { examples: ['a'], 'x-order': 1 }],
    [{ type: 'string' }, { constructor: 1 }],
    [{ anyOf: [{ type: 'string' }] }, { oneOf: [{ type: 'number' }] }],
  ])('should keep %j, and tell %j', (known, unknown) => {
    expect(grammarSchema({ ...known, ...unknown })).toStrictEqual({
      ...known,
      description: told(unknown),
    });
  });

  it('should tell it behind the description', () => {
    const schema = { type: 'integer', description: 'In years', minimum: 0 };
    expect(grammarSchema(schema)).toEqual({
      type: 'integer',
      description: `In years\n\n${told({ minimum: 0 })}`,
    });
  });

  it('should say alternatives in the one word that is taken', () => {
    const variants = [{ type: 'string' }, { type: 'null' }];
    expect(grammarSchema({ title: 'A', oneOf: variants })).toEqual({ title: 'A', anyOf: variants });
  });

  it('should leave out what says nothing about a value', () => {
    const schema = { $schema: 'x', $id: 'y', $anchor: 'z', $comment: 'c', type: 'null' };
    expect(grammarSchema(schema)).toEqual({ type: 'null' });
  });

  it('should say around a reference what is said beside it', () => {
    const $defs = { a: { type: 'string' } };
    expect(
      grammarSchema({
        $schema: 'x',
        $ref: '#/$defs/a',
        description: 'A name',
        minLength: 1,
        $defs,
      }),
    ).toEqual({
      anyOf: [{ $ref: '#/$defs/a' }],
      description: `A name\n\n${told({ minLength: 1 })}`,
      $defs,
    });
    expect(grammarSchema({ $schema: 'x', $ref: '#/$defs/a', $defs })).toEqual({
      $ref: '#/$defs/a',
      $defs,
    });
  });

  describe('closes objects: it', () => {
    it('should close every object that lists its properties', () => {
      const inner = { type: 'object', properties: {}, minProperties: 1 };
      expect(grammarSchema({ type: 'object', properties: { a: inner } })).toEqual({
        type: 'object',
        properties: {
          a: {
            type: 'object',
            properties: {},
            additionalProperties: false,
            description: told({ minProperties: 1 }),
          },
        },
        additionalProperties: false,
      });
    });

    it('should not close what is only told', () => {
      const unless = { if: { properties: { a: { const: 1 } } } };
      expect(grammarSchema({ type: 'object', ...unless })).toEqual({
        type: 'object',
        description: told(unless),
      });
    });

    it.each<JsonSchema>([
      { type: 'object', additionalProperties: { type: 'number' } },
      { type: 'object', properties: {}, additionalProperties: true },
      { type: 'object', patternProperties: { '^a': { type: 'number' } } },
      { type: 'object' },
      {},
    ])('should leave it to the service to refuse %j', (schema) => {
      expect(grammarSchema(schema)).toStrictEqual(schema);
    });
  });

  it('should keep the words a service knows besides', () => {
    const more = {
      pattern: true,
      minLength: (value: unknown, { type }: JsonSchema) => value === 1 && type === 'string',
      title: () => false,
    } as const;
    const known = { type: 'string', pattern: 'a', minLength: 1 };
    expect(grammarSchema({ ...known, title: 'A' }, more)).toEqual({
      ...known,
      description: told({ title: 'A' }),
    });
    expect(grammarSchema({ minLength: 1 }, more)).toEqual({ description: told({ minLength: 1 }) });
  });

  it('should take the limits off the whole numbers of Zod, and tell those that say something', () => {
    const { properties } = grammarSchema(
      z.toJSONSchema(z.object({ id: z.int(), year: z.int().min(1900) })),
    );
    expect(properties).toEqual({
      id: { type: 'integer' },
      year: { type: 'integer', description: told({ minimum: 1900 }) },
    });
  });

  it('should lose no limit, whatever the schema', () => {
    const limits = fc.dictionary(
      fc.constantFrom('minimum', 'maxLength', 'maxItems', 'pattern', 'multipleOf'),
      fc.integer(),
    );
    const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        limits,
        fc
          .tuple(limits, fc.dictionary(fc.string(), tie('schema')))
          .map(([own, properties]) => ({ ...own, type: 'object', properties })),
        fc.tuple(limits, tie('schema')).map(([own, items]) => ({ ...own, items })),
        fc.tuple(limits, fc.array(tie('schema'))).map(([own, oneOf]) => ({ ...own, oneOf })),
      ),
    })).schema;
    const inside = (schema: JsonSchema): readonly JsonSchema[] => {
      const all: JsonSchema[] = [];
      mapSchema(schema, (inner) => {
        all.push(inner);
        return inner;
      });
      return all;
    };
    const limitsOf = (schema: JsonSchema): JsonSchema =>
      Object.fromEntries(Object.entries(schema).filter(([, value]) => typeof value === 'number'));
    fc.assert(
      fc.property(schemas, (schema) => {
        const before = structuredClone(schema);
        const given = inside(schema).map(limitsOf);
        const made = inside(grammarSchema(schema));
        expect(made.map(limitsOf)).toEqual(given.map(() => ({})));
        expect(made.map(({ description }) => description)).toEqual(
          given.map((own) => (Object.keys(own).length === 0 ? undefined : told(own))),
        );
        expect(schema).toEqual(before);
      }),
    );
  });
});
