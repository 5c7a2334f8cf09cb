import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from 'rx-llm';
import { z } from 'zod';
import { canBeStrict, strictSchema } from '../../../providers/chat-completions/strict-schema.ts';

const text = { type: 'string' };
const point = { type: 'object', properties: { x: text }, required: ['x'] };
const closedPoint = { ...point, additionalProperties: false };

/** The schema of an object that holds another. */
const holding = (inner: object): JsonSchema => ({
  type: 'object',
  properties: { inner },
  required: ['inner'],
});

describe('strictSchema', () => {
  it('should close objects', () => {
    expect(strictSchema(holding(point))).toEqual({
      ...holding(closedPoint),
      additionalProperties: false,
    });
  });

  it('should say anyOf for alternatives', () => {
    expect(strictSchema({ oneOf: [point, text] })).toEqual({ anyOf: [closedPoint, text] });
  });

  it('should not lose alternatives of which there are two kinds', () => {
    const both = { oneOf: [text], anyOf: [text] };
    expect(strictSchema(both)).toEqual(both);
  });

  it('should leave a property of such a name alone', () => {
    const named = { type: 'object', properties: { oneOf: text, allOf: text } };
    expect(strictSchema(named)).toEqual({ ...named, additionalProperties: false });
  });

  it('should tell of a format that is not taken, anywhere', () => {
    const url = { type: 'string', format: 'uri', description: 'Where it is' };
    expect(strictSchema(holding(url))).toEqual({
      ...holding({
        type: 'string',
        description: 'Where it is\n\nMust also fit this JSON Schema: {"format":"uri"}',
      }),
      additionalProperties: false,
    });
  });

  const typed: readonly (readonly [object, string | string[]])[] = [
    [{ const: 'a' }, 'string'],
    [{ const: null }, 'null'],
    [{ enum: ['a', 'b'] }, 'string'],
    [{ enum: [1, 'a', true] }, ['number', 'string', 'boolean']],
    [{ enum: [[1]] }, 'array'],
  ];
  it.each(typed)('should say of %j that it is a %j', (schema, type) => {
    expect(strictSchema(schema as JsonSchema)).toEqual({ ...schema, type });
  });

  it('should not guess the type of what has one, or has no values', () => {
    const schema = { type: 'integer', enum: [1] };
    expect(strictSchema(schema)).toEqual(schema);
    expect(strictSchema({ enum: [] })).toEqual({ enum: [] });
  });

  it('should change nothing it is given', () => {
    const schema = holding({ oneOf: [point] });
    const copy = structuredClone(schema);
    strictSchema(schema);
    expect(schema).toEqual(copy);
  });
});

describe('canBeStrict', () => {
  const schemas: readonly (readonly [string, JsonSchema, boolean])[] = [
    ['an object all of whose properties are required', holding(point), true],
    ['an object one of whose properties is not', { ...point, required: [] }, false],
    ['an open object', { ...point, additionalProperties: true }, false],
    ['an open object inside', holding({ ...point, additionalProperties: {} }), false],
    ['alternatives', holding({ oneOf: [point, text] }), true],
    ['alternatives of two kinds', holding({ oneOf: [text], anyOf: [text] }), false],
    ['what is put together', holding({ allOf: [point, text] }), false],
    ['what is excluded', holding({ not: text }), false],
    ['a condition', holding({ if: text, then: text }), false],
    ['properties that depend on others', { ...point, dependentRequired: { x: ['x'] } }, false],
    ['a schema of anything', holding({}), false],
    ['a schema of anything that is described', holding({ description: 'Any' }), false],
    ['values without a type', holding({ enum: ['a', null] }), true],
    ['a reference', { ...holding({ $ref: '#/$defs/point' }), $defs: { point } }, true],
    ['a list of anything', holding({ type: 'array', items: {} }), false],
    ['a list that does not say of what', holding({ type: 'array' }), false],
    ['a list of whatever', holding({ type: ['array', 'null'], items: true }), false],
    ['a tuple', holding({ type: 'array', prefixItems: [text], items: text }), false],
    ['a tuple, as it was said before', holding({ type: 'array', items: [text, text] }), false],
    [
      'a list without repetitions',
      holding({ type: 'array', items: text, uniqueItems: true }),
      false,
    ],
    ['a list of texts', holding({ type: 'array', items: text, minItems: 1 }), true],
    ['a format that is not taken', holding({ type: 'string', format: 'uri' }), true],
    ['a keyword that is undefined', { ...holding(text), uniqueItems: undefined }, true],
    ['a property named like a keyword', { ...holding(text), properties: { inner: text } }, true],
  ];
  it.each(schemas)('should tell of %s', (_name, schema, expected) => {
    expect(canBeStrict(schema)).toBe(expected);
  });

  it('should hold for alternatives of Zod that are told apart by a field', () => {
    const shape = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('circle'), radius: z.number() }),
      z.object({ kind: z.literal('square'), side: z.number() }),
    ]);
    const schema = z.toJSONSchema(z.object({ shape })) as JsonSchema;
    expect(canBeStrict(schema)).toBe(true);
    expect(JSON.stringify(strictSchema(schema))).not.toContain('oneOf');
  });

  const zods: readonly (readonly [string, z.ZodType, boolean])[] = [
    ['url', z.url(), true],
    ['email', z.email(), true],
    ['startsWith', z.string().startsWith('x'), true],
    ['base64', z.base64(), true],
    ['emoji', z.emoji(), true],
    ['literal', z.literal(['a', 'b']), true],
    ['unknown', z.unknown(), false],
    ['array of any', z.array(z.any()), false],
    ['tuple', z.tuple([z.number(), z.number()]), false],
    ['record', z.record(z.string(), z.number()), false],
    ['never', z.never(), false],
  ];
  it.each(zods)('should tell of Zod’s %s', (_name, inner, expected) => {
    const schema = z.toJSONSchema(z.object({ inner })) as JsonSchema;
    expect(canBeStrict(schema)).toBe(expected);
  });
});
