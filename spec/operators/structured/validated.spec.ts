import { describe, expect, it } from '@jest/globals';
import { responseModel } from 'rx-llm';
import { z } from 'zod';
import { validated } from '../../../operators/structured/validated.ts';

describe('validated', () => {
  it('should hold a value against the model', () => {
    const model = responseModel(z.object({ a: z.string().trim() }));
    expect(validated(model, { a: ' x ' })).toEqual({ ok: true, value: { a: 'x' } });
    expect(validated(model, { a: 1 })).toMatchObject({ ok: false, issues: [{ path: ['a'] }] });
  });

  it('should let anything pass where there is no model', () => {
    expect(validated(null, [1])).toEqual({ ok: true, value: [1] });
  });

  it('should take a schema that throws for one that does not fit', () => {
    const throwing = (error: unknown) => ({
      ...responseModel({}),
      validate: () => {
        throw error;
      },
    });
    expect(validated(throwing(new Error('mine')), {})).toEqual({
      ok: false,
      issues: [{ path: [], message: 'its schema threw: mine' }],
    });
    expect(validated(throwing('text'), {})).toMatchObject({
      issues: [{ message: 'its schema threw: text' }],
    });
  });
});
