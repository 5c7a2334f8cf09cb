import { mapSchema } from './map-schema.ts';
import type { JsonSchema } from './schema.ts';

/**
 * A schema whose objects allow no other properties than those they list, which providers insist on
 * before they hold an answer to it. Objects that say something about others are left alone.
 */
export const closedSchema = (schema: JsonSchema): JsonSchema =>
  mapSchema(schema, (inner) =>
    inner['properties'] !== undefined && inner['additionalProperties'] === undefined
      ? { ...inner, additionalProperties: false }
      : inner,
  );

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
