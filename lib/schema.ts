import { Validator } from '@cfworker/json-schema';
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

/** Whether a value fits a schema: the value as the schema gives it back, or what is wrong with it. */
export type Validation<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly issues: readonly string[] };

/** A schema, ready for both of its uses. */
export interface CompiledSchema<Value> {
  readonly jsonSchema: JsonSchema;
  validate(value: unknown): Validation<Value>;
}

/**
 * Prepares a Standard Schema or a JSON Schema (draft 2020-12) for printing and validating.
 *
 * @throws {TypeError} when the schema cannot be printed as JSON Schema
 */
export function compileSchema<Value>(schema: StandardSchema | JsonSchema): CompiledSchema<Value> {
  return isStandardSchema(schema) ? compileStandardSchema(schema) : compileJsonSchema(schema);
}

const isStandardSchema = (schema: StandardSchema | JsonSchema): schema is StandardSchema =>
  '~standard' in schema;

function compileStandardSchema<Value>(schema: StandardSchema): CompiledSchema<Value> {
  const standard = schema['~standard'];
  // Types promise it; users of plain JavaScript and of older library versions break the promise.
  if (typeof (standard as Partial<typeof standard>).jsonSchema?.input !== 'function') {
    throw new TypeError(
      `this ${standard.vendor} schema cannot print itself as JSON Schema; ` +
        'use Zod >= 4.2, ArkType >= 2.1.28, toStandardJsonSchema() of @valibot/to-json-schema, or a plain JSON Schema',
    );
  }
  return {
    jsonSchema: standard.jsonSchema.input({ target: 'draft-2020-12' }),
    validate: (value) => {
      const result = standard.validate(value);
      if (isPromiseLike(result)) {
        // A check that throws makes some libraries reject: nobody else would hear of it.
        void result.then(undefined, () => undefined);
        return {
          ok: false,
          issues: ['the schema throws or validates asynchronously; give a synchronous one'],
        };
      }
      return result.issues === undefined
        ? { ok: true, value: result.value as Value }
        : { ok: false, issues: result.issues.map(describeIssue) };
    },
  };
}

const isPromiseLike = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as PromiseLike<T> | null)?.then === 'function';

function describeIssue({ message, path = [] }: StandardSchemaV1.Issue): string {
  const keys = path.map((step) => String(typeof step === 'object' ? step.key : step));
  return keys.length === 0 ? message : `${keys.join('.')}: ${message}`;
}

function compileJsonSchema<Value>(jsonSchema: JsonSchema): CompiledSchema<Value> {
  // A copy: the validator writes into the schema it is given.
  const validator = new Validator(structuredClone(jsonSchema), '2020-12', false);
  // Reports a reference to nothing now rather than at every call.
  validator.validate({});
  return {
    jsonSchema,
    validate: (value) => {
      const { valid, errors } = validator.validate(value);
      return valid
        ? { ok: true, value: value as Value }
        : {
            ok: false,
            issues: errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`),
          };
    },
  };
}
