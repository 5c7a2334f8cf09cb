import { describe, expect, it } from '@jest/globals';
import { isObjectSchema, schemaWithout, wrappedSchema } from '../../lib/response-schema.ts';
import { compileSchema } from '../../lib/compile-schema.ts';

describe('isObjectSchema', () => {
  it('should tell a schema of an object from all others, unions of objects included', () => {
    expect(isObjectSchema({ type: 'object' })).toBe(true);
    for (const schema of [{}, { type: 'array' }, { anyOf: [{ type: 'object' }] }]) {
      expect(isObjectSchema(schema)).toBe(false);
    }
  });
});

describe('wrappedSchema', () => {
  it('should make a schema of an object with the value in it', () => {
    expect(wrappedSchema({ type: 'array', items: { type: 'string' } })).toEqual({
      type: 'object',
      properties: { value: { type: 'array', items: { type: 'string' } } },
      required: ['value'],
      additionalProperties: false,
    });
  });

  it('should keep definitions at the root, and references to them right', () => {
    const schema = {
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
      definitions: { old: { type: 'string' } },
      type: 'array',
      items: { anyOf: [{ $ref: '#/$defs/node' }, { $ref: '#/definitions/old' }] },
    };
    expect(wrappedSchema(schema)).toMatchObject({
      $defs: schema.$defs,
      definitions: schema.definitions,
      properties: { value: { items: schema.items } },
    });
    const { validate } = compileSchema(wrappedSchema(schema));
    expect(validate({ value: [{ next: { next: {} } }, 'old'] }).ok).toBe(true);
    expect(validate({ value: [{ next: { next: 5 } }] }).ok).toBe(false);
  });

  it('should let references to the root, or into it, follow it', () => {
    const schema = {
      type: 'array',
      items: { anyOf: [{ type: 'string' }, { $ref: '#' }, { $ref: '#/items/anyOf/0' }] },
    };
    const { validate } = compileSchema(wrappedSchema(schema));
    expect(validate({ value: ['a', ['b', ['c']]] }).ok).toBe(true);
    expect(validate({ value: ['a', [5]] }).ok).toBe(false);
    expect(wrappedSchema({ $ref: 'https://x.test/other' })).toMatchObject({
      properties: { value: { $ref: 'https://x.test/other' } },
    });
  });
});

describe('schemaWithout', () => {
  const schema = { type: 'object', properties: { a: {}, b: {} }, required: ['a', 'b'] };

  it('should leave out properties, and no longer require them', () => {
    expect(schemaWithout(schema, ['b'])).toEqual({
      type: 'object',
      properties: { a: {} },
      required: ['a'],
    });
    expect(schemaWithout({ type: 'object', properties: { a: {} } }, ['a'])).toEqual({
      type: 'object',
      properties: {},
    });
  });

  it('should leave a schema alone that there is nothing to leave out of', () => {
    expect(schemaWithout(schema, [])).toBe(schema);
    expect(schemaWithout({ type: 'object' }, ['a'])).toEqual({ type: 'object' });
  });
});
