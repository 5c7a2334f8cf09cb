import { mapSchema } from './map-schema.ts';
import type { JsonSchema } from './schema.ts';

/** Property under which a value that is no object is asked for: providers take schemas of objects only. */
export const wrapper = 'value';

/** Whether a schema is one of an object, plainly: providers take no union of objects at the root. */
export const isObjectSchema = ({ type }: JsonSchema): boolean => type === 'object';

/** The schema of an object with one property, which is what the given schema describes. */
export function wrappedSchema(schema: JsonSchema): JsonSchema {
  const {
    $defs,
    definitions,
    $id: _base,
    ...value
  } = movedSchema(schema, `#/properties/${wrapper}`);
  return {
    type: 'object',
    properties: { [wrapper]: value },
    required: [wrapper],
    additionalProperties: false,
    ...($defs !== undefined && { $defs }),
    ...(definitions !== undefined && { definitions }),
  };
}

/**
 * A schema whose references to its root, or into it, follow it to another place; definitions stay at the
 * root.
 */
const movedSchema = (schema: JsonSchema, place: string): JsonSchema =>
  mapSchema(schema, (inner) =>
    refersToRoot(inner) ? { ...inner, $ref: `${place}${inner.$ref.slice(1)}` } : inner,
  );

const refersToRoot = (schema: JsonSchema): schema is JsonSchema & { readonly $ref: string } => {
  const { $ref } = schema;
  return typeof $ref === 'string' && /^#(?!\/(\$defs|definitions)\/)/.test($ref);
};

/**
 * The schema of an object without these properties: what the caller knows already is not asked for. Where the
 * schema refers to itself, what it refers to stays whole.
 */
export function schemaWithout(schema: JsonSchema, names: readonly string[]): JsonSchema {
  if (names.length === 0) return schema;
  if (!refersToItself(schema)) return without(schema, names);
  const {
    $defs = {},
    definitions,
    $id: _base,
    ...whole
  } = movedSchema(schema, `#/$defs/${original}`);
  return {
    ...without(whole, names),
    $defs: { ...($defs as object), [original]: whole },
    ...(definitions !== undefined && { definitions }),
  };
}

function refersToItself(schema: JsonSchema): boolean {
  const found = new Set<boolean>();
  mapSchema(schema, (inner) => {
    found.add(refersToRoot(inner));
    return inner;
  });
  return found.has(true);
}

/** Where a schema is kept whole that refers to itself. */
const original = 'whole';

function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const { properties, required, allOf } = schema;
  const isLeft = (name: string): boolean => !names.includes(name);
  return {
    ...schema,
    ...(isRecord(properties) && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isLeft(name))),
    }),
    ...(Array.isArray(required) && { required: required.filter(isLeft) }),
    ...(Array.isArray(allOf) && {
      allOf: allOf.map((part: JsonSchema) => without(part, names)),
    }),
  };
}

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null;
