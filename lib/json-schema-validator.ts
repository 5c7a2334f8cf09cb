import { Validator } from '@cfworker/json-schema';
import type { Issue, JsonSchemaValidator } from './schema.ts';

/** Validates for JSON Schema, draft 2020-12, with `@cfworker/json-schema`. */
export const jsonSchemaValidator: JsonSchemaValidator = (jsonSchema) => {
  // A copy: the validator writes into the schema it is given.
  const validator = new Validator(structuredClone(jsonSchema), '2020-12', false);
  // Reports a reference to nothing at the root now; one further down shows when a value gets there.
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
