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

/**
 * Prepares a Standard Schema or a JSON Schema for printing and validating.
 *
 * @param validator validates for a JSON Schema. Default: `@cfworker/json-schema`, draft 2020-12
 * @throws {TypeError} when the schema cannot be printed as JSON Schema
 */
export function compileSchema<Value>(
  schema: StandardSchema | JsonSchema,
  validator: JsonSchemaValidator = cfworker,
): CompiledSchema<Value> {
  if (isStandardSchema(schema)) return compileStandardSchema(schema);
  // What fits a JSON Schema is not converted: it has the type that the caller says the schema has.
  return { jsonSchema: schema, validate: validator(schema) as CompiledSchema<Value>['validate'] };
}

/** An issue as a line: `people.1.name: is required`. */
export const printIssue = ({ path, message }: Issue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;

/** Whether a schema is one of a validation library. */
export const isStandardSchema = (schema: object): schema is StandardSchema => '~standard' in schema;

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
        const message = 'the schema throws or validates asynchronously; give a synchronous one';
        return { ok: false, issues: [{ path: [], message }] };
      }
      return result.issues === undefined
        ? { ok: true, value: result.value as Value }
        : { ok: false, issues: result.issues.map(issueOf) };
    },
  };
}

const isPromiseLike = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as PromiseLike<T> | null)?.then === 'function';

function issueOf({ message, path = [] }: StandardSchemaV1.Issue): Issue {
  // ArkType's paths are of a class of their own, which `map` would keep.
  const keys = Array.from(path, (step) => (typeof step === 'object' ? step.key : step));
  return { path: keys.map((key) => (typeof key === 'number' ? key : String(key))), message };
}

const cfworker: JsonSchemaValidator = (jsonSchema) => {
  // A copy: the validator writes into the schema it is given.
  const validator = new Validator(structuredClone(jsonSchema), '2020-12', false);
  // Reports a reference to nothing now rather than at every call.
  validator.validate({});
  return (value) => {
    const { valid, errors } = validator.validate(value);
    return valid
      ? { ok: true, value }
      : {
          ok: false,
          issues: errors.map(({ instanceLocation, error }) => ({
            path: pathOf(instanceLocation),
            message: error,
          })),
        };
  };
};

/** The keys of a JSON Pointer such as `#/people/1`. */
const pathOf = (pointer: string): Issue['path'] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
