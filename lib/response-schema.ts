import { mapSchema } from './map-schema.ts';
import type { JsonSchema } from './schema.ts';

/** Property under which a value that is no object is asked for: providers take schemas of objects only. */
export const wrapper = 'value';

/** Whether a schema is one of an object, plainly: providers take no union of objects at the root. */
export const isObjectSchema = ({ type }: JsonSchema): boolean => type === 'object';

/** The schema of an object with one property, which is what the given schema describes. */
export function wrappedSchema(schema: JsonSchema): JsonSchema {
  const { $defs, definitions, ...value } = mapSchema(schema, movedReference);
  return {
    type: 'object',
    properties: { [wrapper]: value },
    required: [wrapper],
    additionalProperties: false,
    ...($defs !== undefined && { $defs }),
    ...(definitions !== undefined && { definitions }),
  };
}

/** References to the root, or into it, follow it to where it is now; definitions stay at the root. */
function movedReference(schema: JsonSchema): JsonSchema {
  const { $ref } = schema;
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return schema;
  if (/^#\/(\$defs|definitions)\//.test($ref)) return schema;
  return { ...schema, $ref: `#/properties/${wrapper}${$ref.slice(1)}` };
}

/** The schema of an object without these properties: what the caller knows already is not asked for. */
export function schemaWithout(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const { properties, required } = schema;
  if (names.length === 0 || typeof properties !== 'object' || properties === null) return schema;
  const left = Object.entries(properties).filter(([name]) => !names.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(left),
    ...(Array.isArray(required) && {
      required: required.filter((name: string) => !names.includes(name)),
    }),
  };
}
