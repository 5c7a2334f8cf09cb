import { describe, expect, it } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import { compileSchema } from '../../lib/compile-schema.ts';
import { printIssue, type JsonSchema, type StandardSchema } from '../../lib/schema.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'number' } },
  required: ['name'],
} as const;

const schemas: readonly (readonly [string, StandardSchema | JsonSchema])[] = [
  ['Zod', z.object({ name: z.string(), age: z.number().optional() })],
  ['ArkType', type({ name: 'string', 'age?': 'number' })],
  ['Valibot', toStandardJsonSchema(v.object({ name: v.string(), age: v.optional(v.number()) }))],
  ['JSON Schema', person],
];

describe('compileSchema', () => {
  describe.each(schemas)('of %s', (_, schema) => {
    const { jsonSchema, validate } = compileSchema(schema);

    it('should print the schema as JSON Schema', () => {
      expect(jsonSchema).toMatchObject(person);
    });

    it('should give a value that fits back', () => {
      const value = { name: 'Ada', age: 36 };
      expect(validate(value)).toEqual({ ok: true, value });
      expect(validate({ name: 'Ada' })).toEqual({ ok: true, value: { name: 'Ada' } });
    });

    it('should say where a value does not fit', () => {
      const validation = validate({ name: 'Ada', age: 'old' });
      if (validation.ok) throw new Error('It fits');
      expect(validation.issues.map(printIssue).join()).toMatch(/age.*: .*number/);
      expect(validation.issues.map(({ path }) => path)).toContainEqual(['age']);
    });

    it.each([[{}], [{ name: null }], ['Ada'], [null], [['Ada']]])('should refuse %j', (value) => {
      const validation = validate(value);
      if (validation.ok) throw new Error('It fits');
      expect(validation.issues.length).toBeGreaterThan(0);
    });

    it('should leave the value alone', () => {
      const value = Object.freeze({ name: 'Ada', age: 36 });
      expect(validate(value).ok).toBe(true);
    });
  });

  it('should give the value as the schema gives it back', () => {
    const { validate, jsonSchema } = compileSchema(
      z.object({ size: z.number().default(1), name: z.string().trim() }),
    );
    expect(validate({ name: ' Ada ' })).toEqual({ ok: true, value: { size: 1, name: 'Ada' } });
    // The model writes what goes in, so `size` is not required of it.
    expect(jsonSchema).toMatchObject({ required: ['name'] });
  });

  it('should tell every place that does not fit, by its path', () => {
    const validation = compileSchema(
      z.object({ people: z.array(z.object({ name: z.string() })) }),
    ).validate({ people: [{ name: 'Ada' }, { name: 1 }, {}] });
    if (validation.ok) throw new Error('It fits');
    expect(validation.issues.map(({ path }) => path)).toEqual([
      ['people', 1, 'name'],
      ['people', 2, 'name'],
    ]);
  });

  it('should read steps of a path that are objects, as Valibot writes them', () => {
    const validation = compileSchema(
      toStandardJsonSchema(v.object({ people: v.array(v.string()) })),
    ).validate({ people: ['Ada', 1] });
    if (validation.ok) throw new Error('It fits');
    expect(validation.issues[0]?.path).toEqual(['people', 1]);
  });

  it('should follow references inside a JSON Schema', () => {
    const { validate } = compileSchema({
      $defs: { tree: { type: 'object', properties: { left: { $ref: '#/$defs/tree' } } } },
      $ref: '#/$defs/tree',
    });
    expect(validate({ left: { left: {} } }).ok).toBe(true);
    expect(validate({ left: { left: 1 } }).ok).toBe(false);
  });

  it('should let a schema that is compiled twice be used twice', () => {
    const [first, second] = [compileSchema(person), compileSchema(person)];
    expect([first.validate({ name: 'Ada' }).ok, second.validate({}).ok]).toEqual([true, false]);
  });

  it('should refuse a schema that cannot print itself, and say what can', () => {
    const silent = v.object({ name: v.string() }) as unknown as StandardSchema;
    expect(() => compileSchema(silent)).toThrow(TypeError);
    expect(() => compileSchema(silent)).toThrow(/valibot .* toStandardJsonSchema\(\)/);
  });

  it('should refuse a schema with something that JSON Schema cannot say', () => {
    expect(() => compileSchema(z.object({ when: z.date() }))).toThrow(/Date/);
  });

  it('should take no value whose validation would have to be waited for', () => {
    const later = z.string().refine(() => Promise.resolve(true));
    expect(compileSchema(later).validate('Ada')).toEqual({
      ok: false,
      issues: [
        {
          path: [],
          message: 'the schema throws or validates asynchronously; give a synchronous one',
        },
      ],
    });
  });

  /** A schema whose validation gives anything. */
  const schemaGiving = (result: unknown): StandardSchema => ({
    '~standard': {
      version: 1,
      vendor: 'spec',
      validate: () => result as StandardSchemaV1.Result<unknown>,
      jsonSchema: { input: () => ({}), output: () => ({}) },
    },
  });

  it('should take no value whose validation is like a promise either', () => {
    const thenable = { then: () => undefined };
    expect(compileSchema(schemaGiving(thenable)).validate('Ada').ok).toBe(false);
  });

  it('should handle the rejection of a validation it does not wait for', () => {
    const schema = z.object({ json: z.string().transform((text): unknown => JSON.parse(text)) });
    const result = schema['~standard'].validate({ json: '{' });
    if (!(result instanceof Promise)) throw new Error('Zod no longer validates asynchronously');
    result.catch(() => undefined);
    let handlers = 0;
    result.then = ((...callbacks: Parameters<typeof result.then>) => {
      handlers++;
      return Promise.prototype.then.apply(result, callbacks);
    }) as typeof result.then;
    expect(compileSchema(schemaGiving(result)).validate({}).ok).toBe(false);
    expect(handlers).toBeGreaterThan(0);
  });

  it('should take a JSON Schema that is frozen', () => {
    const frozen = Object.freeze({ type: 'object', properties: Object.freeze({}) });
    expect(compileSchema(frozen).validate({}).ok).toBe(true);
  });

  it('should leave the JSON Schema alone', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } } };
    compileSchema(schema);
    expect(Object.getOwnPropertyNames(schema)).toEqual(['type', 'properties']);
  });

  it('should refuse a JSON Schema that refers to nothing when it is declared', () => {
    expect(() => compileSchema({ $ref: '#/$defs/nowhere' })).toThrow(/nowhere/);
  });
});
