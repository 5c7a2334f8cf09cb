import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';

/** A JSON Schema document, as providers take it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * A schema of a validation library that can also print itself as JSON Schema: Zod from 4.2, ArkType
 * from 2.1.28, Valibot through `toStandardJsonSchema` of `@valibot/to-json-schema`.
 */
export type StandardSchema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output> &
  StandardJSONSchemaV1<Input, Output>;

/** One thing that is wrong with a value. */
export interface Issue {
  /** Where in the value, key by key; empty for the value itself. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Whether a value fits a schema: the value as the schema gives it back, or what is wrong with it. */
export type Validation<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * A validator of JSON Schema: from a schema to the check of values. What is built in reads draft
 * 2020-12; this is for another draft, formats, or a validator that is there anyway.
 *
 * @example With Ajv
 * ```ts
 * const validator: JsonSchemaValidator = (schema) => {
 *   const check = ajv.compile(schema);
 *   return (value) =>
 *     check(value)
 *       ? { ok: true, value }
 *       : {
 *           ok: false,
 *           issues: (check.errors ?? []).map(({ instancePath, message = 'is wrong' }) => ({
 *             path: instancePath.split('/').slice(1),
 *             message,
 *           })),
 *         };
 * };
 * ```
 */
export type JsonSchemaValidator = (schema: JsonSchema) => (value: unknown) => Validation<unknown>;

/** A schema, ready for both of its uses. */
export interface CompiledSchema<Value> {
  readonly jsonSchema: JsonSchema;
  validate(value: unknown): Validation<Value>;
}

/** An issue as a line: `people.1.name: is required`. */
export const printIssue = ({ path, message }: Issue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;
