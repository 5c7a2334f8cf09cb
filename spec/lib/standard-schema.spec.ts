import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import { z } from 'zod';
import { compileStandardSchema, isStandardSchema } from '../../lib/standard-schema.ts';

describe('isStandardSchema', () => {
  it('should tell schemas of validation libraries from everything else', () => {
    expect([z.string(), type('string')].every(isStandardSchema)).toBe(true);
    expect([{}, { type: 'object' }, () => 'no'].some(isStandardSchema)).toBe(false);
  });
});

describe('compileStandardSchema', () => {
  it('should print and validate', () => {
    const { jsonSchema, validate } = compileStandardSchema(z.object({ a: z.string().trim() }));
    expect(jsonSchema).toMatchObject({ type: 'object', required: ['a'] });
    expect(validate({ a: ' x ' })).toEqual({ ok: true, value: { a: 'x' } });
    expect(validate({})).toMatchObject({ ok: false, issues: [{ path: ['a'] }] });
  });
});
