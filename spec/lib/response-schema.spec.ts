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

  it('should leave an id behind, which would lead definitions elsewhere', () => {
    const schema = {
      $id: 'https://x.test/list',
      $defs: { item: { type: 'string' } },
      type: 'array',
      items: { $ref: '#/$defs/item' },
    };
    const { validate } = compileSchema(wrappedSchema(schema));
    expect(validate({ value: ['a'] }).ok).toBe(true);
    expect(validate({ value: [5] }).ok).toBe(false);
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

describe('schemaWithout, of a schema that refers to itself', () => {
  it.each([
    ['to its root', '#'],
    ['into it', '#/properties/children/items'],
  ])('should keep whole what it refers to: %s', (_name, $ref) => {
    const node = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        children: { type: 'array', items: { anyOf: [{ type: 'null' }, { $ref: '#' }] } },
        other: { $ref },
      },
      required: ['name'],
    };
    const { validate, jsonSchema } = compileSchema(schemaWithout(node, ['name']));
    expect(jsonSchema['properties']).not.toHaveProperty('name');
    expect(validate({ children: [{ name: 'a', children: [{ name: 'b' }] }] }).ok).toBe(true);
    expect(validate({ children: [{ children: [] }] }).ok).toBe(false);
    expect(validate({ children: [{ name: 'a', children: [{}] }] }).ok).toBe(false);
  });

  it('should keep a property whole that another one refers to', () => {
    const address = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    };
    const order = {
      type: 'object',
      properties: { billing: address, shipping: { $ref: '#/properties/billing' } },
      required: ['billing', 'shipping'],
    };
    const { validate } = compileSchema(schemaWithout(order, ['billing']));
    expect(validate({ shipping: { city: 'Oslo' } }).ok).toBe(true);
    expect(validate({ shipping: {} }).ok).toBe(false);
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

  it('should leave them out of what is put together as well', () => {
    const joint = { type: 'object', allOf: [schema, { properties: { c: {} } }] };
    expect(schemaWithout(joint, ['a', 'c'])).toEqual({
      type: 'object',
      allOf: [{ type: 'object', properties: { b: {} }, required: ['b'] }, { properties: {} }],
    });
  });

  it('should leave a schema alone that there is nothing to leave out of', () => {
    expect(schemaWithout(schema, [])).toBe(schema);
    expect(schemaWithout({ type: 'object' }, ['a'])).toEqual({ type: 'object' });
  });
});
