import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import type { DeepPartial } from '../../lib/deep-partial.ts';
import {
  responseModel,
  responseModelOf,
  type ResponseModel,
  type ResponseModelOf,
} from '../../lib/response-model.ts';
import type { StandardSchema } from '../../lib/schema.ts';

const Book = z.object({ title: z.string() });

describe('responseModel', () => {
  it('should make a model of a schema', () => {
    const model = responseModel(Book);
    expect(model).toMatchObject({
      name: 'response',
      description: null,
      mode: null,
      strict: null,
      schema: { type: 'object', required: ['title'] },
    });
    expect(model.validate({ title: 'Dune' })).toEqual({ ok: true, value: { title: 'Dune' } });
    expect(model.validate({}).ok).toBe(false);
  });

  it('should take name and description from the options, else from the schema', () => {
    const titled = Book.meta({ title: 'book', description: 'A book' });
    expect(responseModel(titled)).toMatchObject({ name: 'book', description: 'A book' });
    const options = { name: 'novel', description: 'A novel', mode: 'tool', strict: true } as const;
    expect(responseModel(titled, options)).toMatchObject(options);
    // What is no name for a provider is none to take over.
    expect(responseModel({ title: 'A fine book' }).name).toBe('response');
  });

  it('should take JSON Schema', () => {
    const model = responseModel({ type: 'object', required: ['title'] });
    expect([model.validate({ title: 1 }).ok, model.validate({}).ok]).toEqual([true, false]);
  });

  it('should refuse names that no provider takes', () => {
    for (const name of ['', 'a book', 'x'.repeat(65), 'bücher']) {
      expect(() => responseModel(Book, { name })).toThrow(TypeError);
      expect(() => responseModel(Book, { name })).toThrow(/1 to 64 letters/);
    }
  });

  it('should refuse a schema that cannot be printed', () => {
    expect(() => responseModel(z.object({ when: z.date() }))).toThrow(TypeError);
    expect(() => responseModel(z.object({ when: z.date() }))).toThrow(/^Response model: .*Date/);
  });

  it('should know its types', () => {
    const Sized = z.object({ size: z.string().transform((size) => size.length) });
    expectTypeOf(responseModel(Sized)).toEqualTypeOf<
      ResponseModel<{ size: number }, { readonly size?: string }>
    >();
    expectTypeOf(responseModel<{ a: 'x' }>({})).toEqualTypeOf<
      ResponseModel<{ a: 'x' }, { readonly a?: string }>
    >();
    expectTypeOf(responseModel({})).toEqualTypeOf<ResponseModel>();
    expectTypeOf<ResponseModelOf<typeof Sized>>().toEqualTypeOf<
      ResponseModel<{ size: number }, { readonly size?: string }>
    >();
    expectTypeOf<ResponseModelOf<ResponseModel<1, 2>>>().toEqualTypeOf<ResponseModel<1, 2>>();
    expectTypeOf<ResponseModelOf<{ type: string }>>().toEqualTypeOf<ResponseModel>();
    expectTypeOf<ResponseModelOf<never>>().toEqualTypeOf<ResponseModel>();
  });
});

describe('responseModelOf', () => {
  it('should give a model as it is, and make one of anything else', () => {
    const model = responseModel(Book);
    expect(responseModelOf(model)).toBe(model);
    expect(responseModelOf(Book as unknown as StandardSchema)).toMatchObject({ name: 'response' });
    // @ts-expect-error a JSON Schema goes through responseModel()
    expect(() => responseModelOf({ type: 'object' })).toThrow(/through responseModel\(\)/);
  });
});

describe('DeepPartial', () => {
  it('should say what a value may look like while it arrives', () => {
    interface Book {
      title: string;
      kind: 'novel' | 'poem';
      pages: number;
      read: boolean;
      tags: { name: string }[];
      pair: [string, number];
      author: { name: string; born?: number } | null;
      other: unknown;
    }
    expectTypeOf<DeepPartial<Book>>().toEqualTypeOf<{
      readonly title?: string;
      readonly kind?: string;
      readonly pages?: number;
      readonly read?: boolean;
      readonly tags?: readonly { readonly name?: string }[];
      readonly pair?: readonly (string | number)[];
      readonly author?: { readonly name?: string; readonly born?: number } | null;
      readonly other?: unknown;
    }>();
  });
});
