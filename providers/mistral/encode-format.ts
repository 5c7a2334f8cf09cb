import { closedSchema, isStrictSchema, type ResponseFormat } from '../../lib/index.ts';
import type { MistralParams } from './wire.ts';

/**
 * What the answer is held to. Objects are closed, as the SDK's own `chat.parse` closes them, unless the
 * schema is not to be followed to the letter.
 *
 * @see https://docs.mistral.ai/studio-api/conversations/structured-output/custom
 */
export function encodeFormat(format: ResponseFormat | null): MistralParams {
  if (format === null) return {};
  if (format.mode === 'json') return { responseFormat: { type: 'json_object' } };
  const { name, description, strict } = format;
  const schema = strict === false ? format.schema : closedSchema(format.schema);
  return {
    responseFormat: {
      type: 'json_schema',
      jsonSchema: {
        name,
        ...(description !== null && { description }),
        schemaDefinition: { ...schema },
        strict: strict ?? isStrictSchema(schema),
      },
    },
  };
}
