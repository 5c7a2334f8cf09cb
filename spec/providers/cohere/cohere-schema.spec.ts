import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from 'rx-llm';
import { z } from 'zod';
import { cohereSchema } from '../../../providers/cohere/cohere-schema.ts';

describe('cohereSchema', () => {
  it.each<[JsonSchema, JsonSchema]>([
    [{ type: 'integer', minimum: 0, maximum: 9 }, { type: 'integer' }],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, { type: 'number' }],
    [
      { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
      { type: 'array', items: { type: 'string' } },
    ],
    [{ type: 'string', format: 'email', maxLength: 9 }, { type: 'string' }],
    [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date-time' },
    ],
    [{ type: 'string', pattern: '^[A-Z]{3}$' }, { type: 'string' }],
    [{ type: 'string', pattern: '(?=a)a' }, { type: 'string' }],
    [
      { type: 'string', pattern: '[A-Z]{3}[0-9]{7}' },
      { type: 'string', pattern: '[A-Z]{3}[0-9]{7}' },
    ],
    [{ oneOf: [{ const: 'a' }, { const: 'b' }] }, { anyOf: [{ const: 'a' }, { const: 'b' }] }],
  ])('should give %j as %j', (schema, expected) => {
    expect(cohereSchema(schema)).toStrictEqual(expected);
  });

  it('should leave what Cohere supports, and properties with those names', () => {
    const schema = {
      type: 'object',
      description: 'A book',
      properties: {
        minimum: { $ref: '#/$defs/A' },
        format: { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
      },
      required: ['minimum'],
      additionalProperties: false,
      $defs: { A: { type: 'string' } },
    };
    expect(cohereSchema(schema)).toStrictEqual(schema);
  });

  it('should take the limits off the whole numbers of Zod', () => {
    const { properties } = cohereSchema(z.toJSONSchema(z.object({ year: z.int() })));
    expect(properties).toEqual({ year: { type: 'integer' } });
  });
});
