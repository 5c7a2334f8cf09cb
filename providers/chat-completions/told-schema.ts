import type { JsonSchema } from '../../lib/index.ts';
import { tellWords } from '../../lib/tell-words.ts';

/**
 * A schema without what OpenAI refuses of a text in one that is to be followed to the letter: formats but
 * a few, encodings, patterns that look around. Its description says it instead, and the answer is held to
 * it when it is here.
 */
export const toldSchema = (schema: JsonSchema): JsonSchema =>
  tellWords(
    schema,
    Object.keys(schema).filter((keyword) => isRefused(keyword, schema[keyword])),
  );

function isRefused(keyword: string, value: unknown): boolean {
  switch (keyword) {
    case 'format':
      return !formats.has(value);
    case 'pattern':
      return typeof value === 'string' && lookaround.test(value);
    case 'contentEncoding':
    case 'contentMediaType':
      return true;
    default:
      return false;
  }
}

/**
 * Any other is refused: "'uri' is not a valid format".
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs#supported-properties
 */
const formats: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);

/** "regex lookaround is not supported"; Zod's patterns of e-mail addresses and emoji have some. */
const lookaround = /\(\?<?[=!]/;
