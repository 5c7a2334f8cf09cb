import type { JsonSchema } from '../../lib/index.ts';
import { grammarSchema } from '../../lib/grammar-schema.ts';

/**
 * A schema as the API takes it for what it holds to the letter: answers and the arguments of strict tools.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export const claudeSchema = (schema: JsonSchema): JsonSchema =>
  grammarSchema(schema, {
    pattern: (pattern, { format }) => format === undefined && isSimple(pattern),
  });

/**
 * What is not taken in a pattern: references to groups, looking around, borders of words and long repetitions.
 * `(?:` is none of these, but nobody says that it is taken.
 */
const isSimple = (pattern: unknown): boolean =>
  typeof pattern === 'string' && !/\\[1-9bBk]|\(\?|\{(?:\d*,)?\d{3,}/.test(pattern);
