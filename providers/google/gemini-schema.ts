import type { JsonSchema } from '../../lib/index.ts';
import { mapSchema } from '../../lib/map-schema.ts';

/**
 * A schema in the words that Gemini knows, for answers and for tools. What it does not know it ignores, with
 * these exceptions:
 *
 * - beside `$ref` it takes nothing but what begins with `$` ("can only contain properties starting with '$'
 *   when $ref is present"); the description is lost
 * - `const` it would ignore, which makes the kinds of a union all the same; an `enum` of one says it as well
 *
 * @see https://ai.google.dev/gemini-api/docs/structured-output#json_schema_support
 */
export const geminiSchema = (schema: JsonSchema): JsonSchema =>
  mapSchema(schema, ({ $schema: _dialect, ...inner }) => {
    if (inner['$ref'] !== undefined) return reference(inner);
    const { const: only, ...rest } = inner;
    return isEnumerable(only) ? { ...rest, enum: [only] } : inner;
  });

const reference = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword.startsWith('$')));

/** `enum` is for texts and numbers. */
const isEnumerable = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number';
