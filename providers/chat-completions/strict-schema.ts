import { closedSchema, isStrictSchema, type JsonSchema } from '../../lib/index.ts';
import { mapSchema } from '../../lib/map-schema.ts';
import { toldSchema } from './told-schema.ts';

/**
 * A schema in the form in which it can be followed to the letter: objects closed, what is refused of a text
 * told instead, a type wherever values show it, and alternatives as `anyOf`, the one word for them that
 * OpenAI takes (`'oneOf' is not permitted`); Zod prints a `discriminatedUnion` as `oneOf`.
 */
export const strictSchema = (schema: JsonSchema): JsonSchema =>
  mapSchema(closedSchema(schema), (inner) => typedSchema(toldSchema(withAnyOf(inner))));

function withAnyOf(schema: JsonSchema): JsonSchema {
  const { oneOf, ...others } = schema;
  return oneOf === undefined || 'anyOf' in others ? schema : { ...others, anyOf: oneOf };
}

/** Valibot and ArkType print `enum` and `const` alone: "schema must have a 'type' key". */
function typedSchema(schema: JsonSchema): JsonSchema {
  const { type, enum: values = 'const' in schema ? [schema['const']] : [] } = schema;
  if (type !== undefined || !Array.isArray(values) || values.length === 0) return schema;
  const types = [...new Set(values.map(typeOf))];
  return { type: types.length === 1 ? types[0] : types, ...schema };
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/**
 * What is refused of a schema that is to be followed to the letter, and has no other form: OpenAI's list,
 * and those its SDK, 6.49, refuses to send.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs#some-type-specific-keywords-are-not-yet-supported
 */
const refused = [
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$recursiveAnchor',
  '$recursiveRef',
  'additionalItems',
  'allOf',
  'contains',
  'contentSchema',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxContains',
  'maxProperties',
  'minContains',
  'minProperties',
  'not',
  'oneOf',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
  'uniqueItems',
] as const;

/** Whether a schema can be followed to the letter, once it has the form for it. */
export function canBeStrict(schema: JsonSchema): boolean {
  const strict = strictSchema(schema);
  let isStrict = isStrictSchema(strict);
  mapSchema(strict, (inner) => {
    isStrict &&= saysWhatItIs(inner) && refused.every((keyword) => inner[keyword] === undefined);
    return inner;
  });
  return isStrict;
}

/** A schema of anything is none: "schema must have a 'type' key", that of an array's items included. */
const saysWhatItIs = ({ type, anyOf, $ref, items }: JsonSchema): boolean =>
  [type, anyOf, $ref].some((says) => says !== undefined) &&
  (![type].flat().includes('array') || isSchema(items));

const isSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
