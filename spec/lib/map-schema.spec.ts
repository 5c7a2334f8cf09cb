import { describe, expect, it } from '@jest/globals';
import { mapSchema } from '../../lib/map-schema.ts';
import type { JsonSchema } from '../../lib/schema.ts';

/** Numbers the schemas in the order in which they are changed. */
const numbered = (schema: JsonSchema): JsonSchema => {
  let count = 0;
  return mapSchema(schema, (inner) => ({ ...inner, number: ++count }));
};

describe('mapSchema', () => {
  it('should change the schema itself', () => {
    expect(numbered({ type: 'string' })).toEqual({ type: 'string', number: 1 });
  });

  it('should change the schemas inside it, the inner ones first', () => {
    expect(
      numbered({
        properties: { a: { type: 'string' }, b: { items: { type: 'number' } } },
        $defs: { c: {} },
        anyOf: [{ type: 'null' }, { not: {} }],
        additionalProperties: { type: 'boolean' },
      }),
    ).toEqual({
      properties: {
        a: { type: 'string', number: 1 },
        b: { items: { type: 'number', number: 2 }, number: 3 },
      },
      $defs: { c: { number: 4 } },
      anyOf: [
        { type: 'null', number: 5 },
        { not: { number: 6 }, number: 7 },
      ],
      additionalProperties: { type: 'boolean', number: 8 },
      number: 9,
    });
  });

  it('should leave alone what is no schema', () => {
    const schema = {
      type: ['object', 'null'],
      enum: [{ properties: {} }],
      examples: [{ items: {} }],
      default: { not: {} },
      required: ['a'],
      additionalProperties: false,
      items: [true, { type: 'string' }],
      properties: { not: { const: { items: {} } }, any: true },
    };
    expect(mapSchema(schema, (inner) => ({ ...inner, seen: true }))).toEqual({
      ...schema,
      items: [true, { type: 'string', seen: true }],
      properties: { not: { const: { items: {} }, seen: true }, any: true },
      seen: true,
    });
  });

  it('should not change what it is given', () => {
    const schema = Object.freeze({ items: Object.freeze({ type: 'string' }) });
    mapSchema(schema, (inner) => ({ ...inner, seen: true }));
    expect(schema).toEqual({ items: { type: 'string' } });
  });
});
