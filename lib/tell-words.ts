import type { JsonSchema } from './schema.ts';

/**
 * A schema without words that a service does not take: its description says them instead, for the model to
 * keep to. Whoever validates the answer finds out whether it did.
 *
 * @param keywords what is told; those the schema does not have are none
 */
export function tellWords(schema: JsonSchema, keywords: readonly string[]): JsonSchema {
  const isTold = ([keyword]: readonly [string, unknown]): boolean => keywords.includes(keyword);
  const entries = Object.entries(schema);
  const told = entries.filter(isTold);
  if (told.length === 0) return schema;
  const kept = Object.fromEntries(entries.filter((entry) => !isTold(entry)));
  const demand = `Must also fit this JSON Schema: ${JSON.stringify(Object.fromEntries(told))}`;
  const { description } = kept;
  const isDescribed = typeof description === 'string' && description !== '';
  return { ...kept, description: isDescribed ? `${description}\n\n${demand}` : demand };
}
