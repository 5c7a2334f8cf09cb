import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { closedSchema, isStrictSchema } from '../../lib/closed-schema.ts';
import { compileSchema } from '../../lib/compile-schema.ts';
import type { JsonSchema } from '../../lib/schema.ts';

const object = (properties: object, more: object = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});

describe('closedSchema', () => {
  it('should close every object that lists its properties', () => {
    expect(closedSchema(object({ a: object({}), list: { items: object({ b: {} }) } }))).toEqual(
      object(
        {
          a: object({}, { additionalProperties: false }),
          list: { items: object({ b: {} }, { additionalProperties: false }) },
        },
        { additionalProperties: false },
      ),
    );
  });

  it('should leave alone what says something about other properties, or lists none', () => {
    const open = object({}, { additionalProperties: { type: 'string' } });
    expect(closedSchema(open)).toEqual(open);
    expect(closedSchema({ type: 'object' })).toEqual({ type: 'object' });
  });
});

describe('closedSchema, of objects that are put together', () => {
  const a = object({ a: { type: 'string' } });
  const b = object({ b: { type: 'string' } });
  const both = { a: 'x', b: 'y' };

  it.each<readonly [string, JsonSchema]>([
    ['allOf', { allOf: [a, b] }],
    ['allOf beside properties', { ...a, allOf: [b] }],
    ['definitions', { allOf: [{ $ref: '#/$defs/a' }, b], $defs: { a } }],
    ['anyOf beside properties', { ...a, anyOf: [b, object({ c: {} })] }],
    ['if', { ...a, if: object({ a: {} }), then: b }],
    ['dependentSchemas', { ...a, dependentSchemas: { a: b } }],
    ['a property', object({ base: { allOf: [a, b] } })],
  ])('should take what was taken before, with %s', (_name, schema) => {
    const value =
      schema['properties'] !== undefined && !('a' in (schema['properties'] as object))
        ? { base: both }
        : both;
    expect(compileSchema(schema).validate(value).ok).toBe(true);
    expect(compileSchema(closedSchema(schema)).validate(value).ok).toBe(true);
  });

  it('should close the objects beside them', () => {
    const closed = { additionalProperties: false };
    const beside = object({
      joint: { allOf: [a, b] },
      own: a,
      wrapped: { allOf: [a] },
      either: { anyOf: [a, b] },
    });
    expect(closedSchema(beside)).toEqual(
      object(
        {
          joint: { allOf: [a, b] },
          own: { ...a, ...closed },
          wrapped: { allOf: [{ ...a, ...closed }] },
          either: {
            anyOf: [
              { ...a, ...closed },
              { ...b, ...closed },
            ],
          },
        },
        closed,
      ),
    );
    const defined = { ...object({ own: { $ref: '#/$defs/a' } }), $defs: { a } };
    expect(closedSchema(defined)['$defs']).toEqual({ a: { ...a, ...closed } });
  });
});

describe('isStrictSchema', () => {
  const closed = { additionalProperties: false };

  it.each<readonly [string, JsonSchema, boolean]>([
    ['closed, everything required', object({ a: {} }, { ...closed, required: ['a'] }), true],
    ['of no properties', object({}, closed), true],
    ['with an optional property', object({ a: {}, b: {} }, { ...closed, required: ['a'] }), false],
    ['open', object({ a: {} }, { required: ['a'] }), false],
    ['without properties', { type: 'object' }, false],
    ['of an object or null', { type: ['object', 'null'], properties: { a: {} }, ...closed }, false],
    ['of an object without saying so', { properties: { a: {} } }, false],
    ['of no object', { type: 'array', items: { type: 'string' } }, true],
    [
      'with an open object inside',
      object({ a: object({}) }, { ...closed, required: ['a'] }),
      false,
    ],
  ])('should tell a schema %s', (_, schema, strict) => {
    expect(isStrictSchema(schema)).toBe(strict);
  });

  it('should find a Zod object strict once it is closed', () => {
    const schemaOf = (schema: z.ZodType): JsonSchema =>
      closedSchema(compileSchema(schema).jsonSchema);
    expect(isStrictSchema(schemaOf(z.object({ a: z.string(), b: z.null() })))).toBe(true);
    expect(isStrictSchema(schemaOf(z.object({ a: z.string().optional() })))).toBe(false);
  });
});
