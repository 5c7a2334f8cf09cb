import type { JsonSchema } from './schema.ts';

/** Keywords whose value is a schema. */
const schemaKeywords: ReadonlySet<string> = new Set([
  'items',
  'additionalItems',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]);

/** Keywords whose value is a list of schemas; `items` was one before draft 2020-12. */
const listKeywords: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'prefixItems',
  'items',
]);

/** Keywords whose value is a record of schemas. */
const recordKeywords: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);

/**
 * A schema with every schema inside it, and it itself, changed by a function: the inner ones first.
 * What is no schema (`enum`, `examples`, `default`, …) is left alone.
 *
 * @param leaves says which keywords of a schema are left alone, with all schemas below them; default: none
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10
 */
export function mapSchema(
  schema: JsonSchema,
  change: (schema: JsonSchema) => JsonSchema,
  leaves: (keyword: string, schema: JsonSchema) => boolean = () => false,
): JsonSchema {
  const map = (value: unknown): unknown =>
    isRecord(value) ? mapSchema(value, change, leaves) : value;
  const entries = Object.entries(schema).map(([keyword, value]) => {
    if (leaves(keyword, schema)) return [keyword, value] as const;
    if (recordKeywords.has(keyword) && isRecord(value)) {
      const fields = Object.entries(value).map(([name, field]) => [name, map(field)] as const);
      return [keyword, Object.fromEntries(fields)] as const;
    }
    if (listKeywords.has(keyword) && Array.isArray(value))
      return [keyword, value.map(map)] as const;
    return [keyword, schemaKeywords.has(keyword) ? map(value) : value] as const;
  });
  return change(Object.fromEntries(entries));
}

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
