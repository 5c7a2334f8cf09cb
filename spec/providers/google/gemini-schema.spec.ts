import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from 'rx-llm';
import { z } from 'zod';
import { geminiSchema } from '../../../providers/google/gemini-schema.ts';

describe('geminiSchema', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    [
      'without the dialect',
      { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
      { type: 'object' },
    ],
    [
      'with its definitions, and references that stand alone',
      {
        type: 'object',
        properties: { a: { $ref: '#/$defs/A', description: 'the first', default: {} } },
        $defs: { A: { $id: 'a', type: 'string' } },
      },
      {
        type: 'object',
        properties: { a: { $ref: '#/$defs/A' } },
        $defs: { A: { $id: 'a', type: 'string' } },
      },
    ],
    [
      'with the one value it may have as a choice of one',
      { anyOf: [{ type: 'string', const: 'a' }, { const: 1 }] },
      { anyOf: [{ type: 'string', enum: ['a'] }, { enum: [1] }] },
    ],
    [
      'with other values as they are: a choice is for texts and numbers',
      { anyOf: [{ const: true }, { const: null }] },
      { anyOf: [{ const: true }, { const: null }] },
    ],
    [
      'with properties of those names',
      { properties: { const: { type: 'string' }, $ref: { type: 'string' } }, required: ['const'] },
      { properties: { const: { type: 'string' }, $ref: { type: 'string' } }, required: ['const'] },
    ],
    [
      'closed where it is closed',
      { type: 'object', properties: {}, additionalProperties: false },
      { type: 'object', properties: {}, additionalProperties: false },
    ],
  ])('should give a schema %s', (_name, schema, expected) => {
    expect(geminiSchema(schema)).toStrictEqual(expected);
  });

  it('should tell the kinds of a union of Zod’s apart', () => {
    const shape = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('dot') }),
      z.object({ kind: z.literal('line'), length: z.number() }),
    ]);
    expect(JSON.stringify(geminiSchema(z.toJSONSchema(shape)))).not.toContain('const');
  });

  it('should not change what it was given', () => {
    const schema = Object.freeze({ $schema: 'x', const: 'a' });
    expect(geminiSchema(schema)).toEqual({ enum: ['a'] });
  });
});
