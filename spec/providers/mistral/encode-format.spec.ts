import { describe, expect, it } from '@jest/globals';
import type { JsonSchema, SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/mistral/encode-format.ts';

const open: JsonSchema = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
};
const closed: JsonSchema = { ...open, additionalProperties: false };
const optional: JsonSchema = { type: 'object', properties: { title: { type: 'string' } } };

const native = (more: Partial<SchemaFormat> = {}): SchemaFormat => ({
  mode: 'native',
  name: 'book',
  description: null,
  schema: open,
  strict: null,
  ...more,
});

const schemaOf = (more?: Partial<SchemaFormat>) =>
  encodeFormat(native(more)).responseFormat?.jsonSchema;

describe('encodeFormat', () => {
  it('should ask for nothing without a format', () => {
    expect(encodeFormat(null)).toStrictEqual({});
  });

  it('should ask for JSON', () => {
    expect(encodeFormat({ mode: 'json' })).toStrictEqual({
      responseFormat: { type: 'json_object' },
    });
  });

  it('should hold the answer to the closed schema, with its name and what it is', () => {
    expect(encodeFormat(native({ description: 'A book' }))).toStrictEqual({
      responseFormat: {
        type: 'json_schema',
        jsonSchema: {
          name: 'book',
          description: 'A book',
          schemaDefinition: closed,
          strict: true,
        },
      },
    });
    expect(schemaOf()).not.toHaveProperty('description');
  });

  it.each<[boolean | null, JsonSchema, boolean, JsonSchema]>([
    [null, open, true, closed],
    [null, optional, false, { ...optional, additionalProperties: false }],
    [true, optional, true, { ...optional, additionalProperties: false }],
    [false, open, false, open],
  ])('should take strict %j of %j for %j', (strict, schema, asked, schemaDefinition) => {
    expect(schemaOf({ strict, schema })).toStrictEqual({
      name: 'book',
      schemaDefinition,
      strict: asked,
    });
  });
});
