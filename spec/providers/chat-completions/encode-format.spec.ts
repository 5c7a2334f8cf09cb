import { describe, expect, it } from '@jest/globals';
import type { SchemaFormat } from 'rx-llm';
import { encodeFormat } from '../../../providers/chat-completions/encode-format.ts';

const author = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const schema = {
  type: 'object',
  properties: { title: { type: 'string' }, author },
  required: ['title', 'author'],
};
const closed = {
  ...schema,
  properties: { ...schema.properties, author: { ...author, additionalProperties: false } },
  additionalProperties: false,
};
const optional = { ...schema, required: ['title'] };

const format = (parts: Partial<SchemaFormat>): SchemaFormat => ({
  mode: 'native',
  name: 'book',
  description: null,
  schema,
  strict: null,
  ...parts,
});

describe('encodeFormat', () => {
  it('should ask for nothing where nothing is asked', () => {
    expect(encodeFormat(null)).toStrictEqual({});
  });

  it('should ask for JSON', () => {
    expect(encodeFormat({ mode: 'json' })).toStrictEqual({
      response_format: { type: 'json_object' },
    });
  });

  it('should name and describe a schema', () => {
    expect(encodeFormat(format({ description: 'A book.' }))).toStrictEqual({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'book', description: 'A book.', schema: closed, strict: true },
      },
    });
  });

  const strictness: readonly (readonly [string, Partial<SchemaFormat>, object])[] = [
    ['one that can be', {}, { schema: closed, strict: true }],
    ['one that cannot be', { schema: optional }, { schema: optional, strict: false }],
    ['one that shall not be', { strict: false }, { schema, strict: false }],
    [
      'one that shall be, whatever the service says to it',
      { schema: optional, strict: true },
      { schema: { ...closed, required: ['title'] }, strict: true },
    ],
  ];
  it.each(strictness)(
    'should have followed to the letter, or not, %s',
    (_name, parts, expected) => {
      expect(encodeFormat(format(parts))).toStrictEqual({
        response_format: { type: 'json_schema', json_schema: { name: 'book', ...expected } },
      });
    },
  );

  it('should change nothing it is given', () => {
    const copy = structuredClone(schema);
    encodeFormat(format({}));
    expect(schema).toEqual(copy);
  });
});
