import { describe, expect, it } from '@jest/globals';
import type { ResponseFormat, SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/cohere/encode-format.ts';

const schema = {
  type: 'object',
  properties: { year: { type: 'integer', minimum: 0 } },
  required: ['year'],
};
const native: SchemaFormat = {
  mode: 'native',
  name: 'book',
  description: null,
  schema,
  strict: null,
};
const json: ResponseFormat = { mode: 'json' };
const own = { type: 'function', function: { name: 'own', parameters: {} } } as const;

describe('encodeFormat', () => {
  it('should ask for nothing without a format', () => {
    expect(encodeFormat(null, { documents: ['x'] })).toStrictEqual({
      params: {},
      instructions: [],
    });
  });

  it('should ask for JSON, of which the prompt speaks already', () => {
    expect(encodeFormat(json, {})).toStrictEqual({
      params: { responseFormat: { type: 'json_object' } },
      instructions: [],
    });
  });

  it('should hold the answer to the schema in Cohere’s words, and tell the model the whole of it', () => {
    expect(encodeFormat(native, {})).toStrictEqual({
      params: {
        responseFormat: {
          type: 'json_object',
          jsonSchema: {
            type: 'object',
            properties: { year: { type: 'integer' } },
            required: ['year'],
          },
        },
      },
      instructions: [
        {
          role: 'system',
          content: `Generate a JSON object. It must fit this JSON Schema:\n${JSON.stringify(schema)}`,
        },
      ],
    });
  });

  it('should tell the model what the answer is', () => {
    const { instructions } = encodeFormat({ ...native, description: 'A book.' }, {});
    expect(instructions[0]!.content).toContain('JSON object. A book. It must');
  });

  it('should leave the format to the caller’s own', () => {
    expect(encodeFormat(native, { responseFormat: { type: 'text' }, documents: ['x'] })).toEqual({
      params: {},
      instructions: [],
    });
  });

  it.each([native, json])('should refuse documents and tools beside it: %j', (format) => {
    for (const params of [{ documents: ['x'] }, { tools: [own] }]) {
      const encode = () => encodeFormat(format, params);
      expect(encode).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'cohere' }));
      expect(encode).toThrow("mode 'text'");
    }
    expect(() => encodeFormat(format, { documents: [], tools: [] })).not.toThrow();
  });
});
