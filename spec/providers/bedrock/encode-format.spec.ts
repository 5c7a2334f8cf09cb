import { describe, expect, it } from '@jest/globals';
import type { OutputConfig } from '@aws-sdk/client-bedrock-runtime';
import type { ResponseFormat, SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/bedrock/encode-format.ts';

const schema = {
  type: 'object',
  properties: { by: { type: 'object', properties: { name: { type: 'string' } } } },
};
const closed = {
  type: 'object',
  properties: {
    by: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
  },
  additionalProperties: false,
};
const format: SchemaFormat = {
  mode: 'native',
  name: 'book',
  description: null,
  schema,
  strict: null,
};
const formatOf = (fields: object = {}) => ({
  type: 'json_schema',
  structure: { jsonSchema: { schema: JSON.stringify(closed), name: 'book', ...fields } },
});

const encode = (given: ResponseFormat | null, outputConfig?: OutputConfig) =>
  encodeFormat({ outputConfig }, given);

describe('encodeFormat', () => {
  it('should ask for the schema, closed and as text', () => {
    expect(encode(format)).toStrictEqual({ outputConfig: { textFormat: formatOf() } });
  });

  it('should tell what the service holds nobody to', () => {
    const year = { type: 'integer', minimum: 1900 };
    const { outputConfig } = encode({
      ...format,
      schema: { type: 'object', properties: { year } },
    });
    expect(JSON.parse(outputConfig!.textFormat!.structure!.jsonSchema!.schema!)).toEqual({
      type: 'object',
      properties: {
        year: { type: 'integer', description: 'Must also fit this JSON Schema: {"minimum":1900}' },
      },
      additionalProperties: false,
    });
  });

  it('should say what the answer is', () => {
    expect(encode({ ...format, description: 'A book' })).toStrictEqual({
      outputConfig: { textFormat: formatOf({ description: 'A book' }) },
    });
  });

  it('should keep what else the caller has put there', () => {
    expect(encode(format, { effort: 'low' })).toEqual({
      outputConfig: { effort: 'low', textFormat: formatOf() },
    });
  });

  it('should let the caller’s own format go first', () => {
    const own = { textFormat: { type: 'json_schema', structure: undefined } } as const;
    expect(encode(format, own)).toEqual({ outputConfig: own });
  });

  it.each([[null], [{ mode: 'json' } as const]])('should say nothing of %j', (none) => {
    expect(encode(none, { effort: 'low' })).toStrictEqual({});
  });
});
