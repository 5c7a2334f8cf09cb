import { describe, expect, it } from '@jest/globals';
import type { SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/google/encode-format.ts';

const schema = {
  type: 'object',
  properties: { kind: { const: 'book' }, title: { type: 'string' } },
  required: ['kind'],
};

const native = (more: Partial<SchemaFormat> = {}): SchemaFormat => ({
  mode: 'native',
  name: 'book',
  description: null,
  schema,
  strict: null,
  ...more,
});

const json = { responseMimeType: 'application/json' };
const held = {
  type: 'object',
  properties: { kind: { enum: ['book'] }, title: { type: 'string' } },
  required: ['kind'],
};

describe('encodeFormat', () => {
  it('should ask for nothing without a format', () => {
    expect(encodeFormat(null, {})).toStrictEqual({});
  });

  it('should ask for JSON', () => {
    expect(encodeFormat({ mode: 'json' }, {})).toStrictEqual(json);
  });

  it.each([null, true, false])(
    'should hold the answer to the schema in Gemini’s words, strict being %s',
    (strict) => {
      expect(encodeFormat(native({ strict }), {})).toStrictEqual({
        ...json,
        responseJsonSchema: held,
      });
    },
  );

  it('should say what the answer is', () => {
    expect(encodeFormat(native({ description: 'A book' }), {})).toStrictEqual({
      ...json,
      responseJsonSchema: { ...held, description: 'A book' },
    });
  });

  it('should give no second schema beside the caller’s', () => {
    expect(encodeFormat(native(), { responseSchema: { type: 'object' } })).toStrictEqual(json);
  });
});
