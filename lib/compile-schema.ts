import { jsonSchemaValidator } from './json-schema-validator.ts';
import type { CompiledSchema, JsonSchema, JsonSchemaValidator, StandardSchema } from './schema.ts';
import { compileStandardSchema, isStandardSchema } from './standard-schema.ts';

/**
 * Prepares a Standard Schema or a JSON Schema for printing and validating.
 *
 * @param validator validates for a JSON Schema. Default: `@cfworker/json-schema`, draft 2020-12
 * @throws {TypeError} when the schema cannot be printed as JSON Schema
 */
export function compileSchema<Value>(
  schema: StandardSchema | JsonSchema,
  validator: JsonSchemaValidator = jsonSchemaValidator,
): CompiledSchema<Value> {
  if (isStandardSchema(schema)) return compileStandardSchema(schema);
  // What fits a JSON Schema is not converted: it has the type that the caller says the schema has.
  return { jsonSchema: schema, validate: validator(schema) as CompiledSchema<Value>['validate'] };
}
