import type { JsonSchema } from '../../lib/index.ts';
import { mapSchema } from '../../lib/map-schema.ts';

/** Limits of values, lists and texts. */
const limits: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minLength',
  'maxLength',
]);

const formats: ReadonlySet<unknown> = new Set(['date-time', 'uuid', 'date', 'time']);

/**
 * A schema in the words that Cohere lists as supported: without limits, formats and patterns it does not
 * know, and with `anyOf` for `oneOf`. What is left out only widens it. Validation libraries put limits on
 * every whole number, and what the API does with a word it does not support is not said.
 *
 * @see https://docs.cohere.com/v2/docs/structured-outputs#unsupported-schema-features
 */
export const cohereSchema = (schema: JsonSchema): JsonSchema =>
  mapSchema(schema, ({ oneOf, ...inner }) => ({
    ...Object.fromEntries(Object.entries(inner).filter(isSupported)),
    ...(oneOf !== undefined && { anyOf: oneOf }),
  }));

function isSupported([keyword, value]: readonly [keyword: string, value: unknown]): boolean {
  if (keyword === 'format') return formats.has(value);
  // Anchors and looking ahead.
  if (keyword === 'pattern') return typeof value === 'string' && !/[\^$]|\(\?[=!]/.test(value);
  return !limits.has(keyword);
}
