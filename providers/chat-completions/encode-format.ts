import type { ResponseFormat } from '../../lib/index.ts';
import { canBeStrict, strictSchema } from './strict-schema.ts';
import type { ChatCompletionsWire } from './wire.ts';

type FormatParam = Pick<ChatCompletionsWire['params'], 'response_format'>;

/**
 * What an answer is held to, as a parameter. A schema that is not to be followed to the letter goes as it
 * is: closing objects that are put together (`allOf`) would leave nothing that fits.
 */
export function encodeFormat(format: ResponseFormat | null): FormatParam {
  if (format === null) return {};
  if (format.mode === 'json') return { response_format: { type: 'json_object' } };
  const { name, description, schema } = format;
  const strict = format.strict ?? canBeStrict(schema);
  return {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name,
        ...(description !== null && { description }),
        schema: strict ? strictSchema(schema) : { ...schema },
        strict,
      },
    },
  };
}
