import { describe, expect, it } from '@jest/globals';
import type { SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/anthropic/encode-format.ts';

const format: SchemaFormat = {
  mode: 'native',
  name: 'book',
  description: null,
  schema: {
    type: 'object',
    properties: { title: { type: 'string' }, by: { $ref: '#/$defs/person' } },
    required: ['title'],
    $defs: { person: { type: 'object', properties: { name: { type: 'string' } } } },
  },
  strict: null,
};

const closed = {
  type: 'object',
  properties: { title: { type: 'string' }, by: { $ref: '#/$defs/person' } },
  required: ['title'],
  additionalProperties: false,
  $defs: {
    person: {
      type: 'object',
      properties: { name: { type: 'string' } },
      additionalProperties: false,
    },
  },
};

describe('encodeFormat', () => {
  it('should ask for the schema, closed', () => {
    expect(encodeFormat({}, format)).toStrictEqual({
      output_config: { format: { type: 'json_schema', schema: closed } },
    });
  });

  it('should put the description into the schema', () => {
    expect(encodeFormat({}, { ...format, description: 'A book' })).toEqual({
      output_config: {
        format: { type: 'json_schema', schema: { ...closed, description: 'A book' } },
      },
    });
  });

  it('should tell what the API holds nobody to', () => {
    const schema = { type: 'object', properties: { year: { type: 'integer', minimum: 1900 } } };
    const asked = encodeFormat({}, { ...format, schema }).output_config?.format;
    expect(asked?.schema['properties']).toEqual({
      year: { type: 'integer', description: 'Must also fit this JSON Schema: {"minimum":1900}' },
    });
  });

  it('should tell it behind the description', () => {
    const schema = { type: 'object', properties: {}, maxProperties: 2 };
    const asked = encodeFormat({}, { ...format, schema, description: 'A book' });
    expect(asked.output_config?.format?.schema['description']).toBe(
      'A book\n\nMust also fit this JSON Schema: {"maxProperties":2}',
    );
  });

  it('should leave open what is said to be open', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: true };
    expect(encodeFormat({}, { ...format, schema }).output_config?.format?.schema).toEqual(schema);
  });

  it('should keep what else the caller has put there', () => {
    expect(encodeFormat({ output_config: { effort: 'low' } }, format).output_config).toEqual({
      effort: 'low',
      format: { type: 'json_schema', schema: closed },
    });
  });

  it('should let the caller’s own format go first', () => {
    const own = { type: 'json_schema', schema: { type: 'object' } } as const;
    expect(encodeFormat({ output_config: { format: own } }, format).output_config).toEqual({
      format: own,
    });
  });

  it.each([[null], [{ mode: 'json' } as const]])('should say nothing of %j', (none) => {
    expect(encodeFormat({ output_config: { effort: 'low' } }, none)).toStrictEqual({});
  });

  it('should change nothing in the schema', () => {
    const before = structuredClone(format);
    encodeFormat({}, { ...format, description: 'A book' });
    expect(format).toEqual(before);
  });
});
