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
