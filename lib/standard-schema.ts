import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { CompiledSchema, Issue, StandardSchema } from './schema.ts';

/** Whether a schema is one of a validation library. */
export const isStandardSchema = (schema: object): schema is StandardSchema => '~standard' in schema;

/**
 * Prepares a schema of a validation library for printing and validating.
 *
 * @throws {TypeError} when it cannot be printed as JSON Schema
 */
export function compileStandardSchema<Value>(schema: StandardSchema): CompiledSchema<Value> {
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
