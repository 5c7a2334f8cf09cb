import { closedSchema, isStrictSchema, type JsonSchema } from '../../lib/index.ts';
import { mapSchema } from '../../lib/map-schema.ts';

/**
 * A schema in the form in which it can be followed to the letter: objects closed, and alternatives as
 * `anyOf`, the one word for them that OpenAI takes (`'oneOf' is not permitted`); Zod prints a
 * `discriminatedUnion` as `oneOf`.
 */
export const strictSchema = (schema: JsonSchema): JsonSchema =>
  mapSchema(closedSchema(schema), ({ oneOf, ...inner }) =>
    oneOf === undefined
      ? inner
      : 'anyOf' in inner
        ? { ...inner, oneOf }
        : { ...inner, anyOf: oneOf },
  );

/**
 * What is refused of a schema that is to be followed to the letter.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs#some-type-specific-keywords-are-not-yet-supported
 */
const refused = [
  'oneOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
] as const;

/** Whether a schema can be followed to the letter, once it has the form for it. */
export function canBeStrict(schema: JsonSchema): boolean {
  const strict = strictSchema(schema);
  let isRefused = false;
  mapSchema(strict, (inner) => {
    isRefused ||= refused.some((keyword) => keyword in inner);
    return inner;
  });
  return !isRefused && isStrictSchema(strict);
}
