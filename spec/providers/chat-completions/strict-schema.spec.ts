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
});
