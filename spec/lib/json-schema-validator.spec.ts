import { describe, expect, it } from '@jest/globals';
import { jsonSchemaValidator } from '../../lib/json-schema-validator.ts';

describe('jsonSchemaValidator', () => {
  it('should give a value that fits as it is', () => {
    const value = { a: 1 };
    const validation = jsonSchemaValidator({ type: 'object' })(value);
    expect(validation.ok && validation.value).toBe(value);
  });

  it('should say where a value does not fit, also under keys that a pointer has to escape', () => {
    const validate = jsonSchemaValidator({
      properties: { 'a/b~c d': { items: { type: 'string' } } },
    });
    const validation = validate({ 'a/b~c d': ['x', 5] });
    expect(validation).toMatchObject({ ok: false });
    expect(validation.ok ? [] : validation.issues.map(({ path }) => path)).toContainEqual([
      'a/b~c d',
      1,
    ]);
  });

  it('should report a reference to nothing when it is made', () => {
    expect(() => jsonSchemaValidator({ $ref: '#/$defs/nowhere' })).toThrow(/nowhere/);
  });

  it('should not write into the schema', () => {
    const schema = Object.freeze({ type: 'string' });
    expect(jsonSchemaValidator(schema)('x').ok).toBe(true);
  });
});
