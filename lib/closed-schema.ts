import { mapSchema } from './map-schema.ts';
import type { JsonSchema } from './schema.ts';

/**
 * A schema whose objects allow no other properties than those they list, which providers insist on
 * before they hold an answer to it. Objects that say something about others are left alone, and so are
 * those that are put together (`allOf`, `if`, …): each would forbid what the others ask for.
 */
export function closedSchema(schema: JsonSchema): JsonSchema {
  const joined = joinedReferences(schema);
  const closed = (inner: JsonSchema): JsonSchema => mapSchema(inner, closedObject, joins);
  const closedUnder = (keyword: string): JsonSchema => {
    const definitions = schema[keyword];
    if (typeof definitions !== 'object' || definitions === null) return {};
    const entries = Object.entries(definitions as JsonSchema).map(([name, definition]) => [
      name,
      joined.has(`#/${keyword}/${name}`) ? definition : closed(definition as JsonSchema),
    ]);
    return { [keyword]: Object.fromEntries(entries) as JsonSchema };
  };
  return { ...closed(schema), ...closedUnder('$defs'), ...closedUnder('definitions') };
}

function closedObject(schema: JsonSchema): JsonSchema {
  const { properties, additionalProperties } = schema;
  if (properties === undefined || additionalProperties !== undefined) return schema;
  if (Object.keys(schema).some((keyword) => joins(keyword, schema))) return schema;
  return { ...schema, additionalProperties: false };
}

/** Keywords whose schemas say something about the very object that their own schema is about. */
const joining: readonly string[] = ['allOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

/** One schema of several kinds is none beside others: then it stands for the whole object. */
function joins(keyword: string, schema: JsonSchema): boolean {
  const isBeside = schema['properties'] !== undefined;
  if (keyword === 'anyOf' || keyword === 'oneOf') return isBeside;
  if (keyword === 'allOf' && [schema[keyword]].flat().length === 1) return isBeside;
  return joining.includes(keyword);
}

/** What the schemas that are put together refer to. */
function joinedReferences(schema: JsonSchema): ReadonlySet<unknown> {
  const references = new Set<unknown>();
  const note = (inner: JsonSchema): JsonSchema => {
    if ('$ref' in inner) references.add(inner['$ref']);
    return inner;
  };
  mapSchema(schema, (inner) => {
    for (const [keyword, value] of Object.entries(inner))
      if (joins(keyword, inner)) mapSchema({ anyOf: [value].flat() }, note);
    return inner;
  });
  return references;
}

/**
 * Whether every object in a schema is closed and all of its properties are required: only then do
 * OpenAI and those who follow it take the schema to the letter (`strict`).
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function isStrictSchema(schema: JsonSchema): boolean {
  let strict = true;
  mapSchema(schema, (inner) => {
    strict &&= !isObject(inner) || isClosedAndRequired(inner);
    return inner;
  });
  return strict;
}

/** Also among other types, as what may be an object or null. */
const isObject = ({ type, properties }: JsonSchema): boolean =>
  [type].flat().includes('object') || properties !== undefined;

function isClosedAndRequired({
  properties = {},
  required = [],
  additionalProperties,
}: JsonSchema): boolean {
  const demanded = new Set(required as readonly string[]);
  return (
    additionalProperties === false &&
    Object.keys(properties as object).every((name) => demanded.has(name))
  );
}
