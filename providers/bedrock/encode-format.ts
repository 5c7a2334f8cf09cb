import type { OutputFormat } from '@aws-sdk/client-bedrock-runtime';
import type { ResponseFormat, SchemaFormat } from '../../lib/index.ts';
import { grammarSchema } from '../../lib/grammar-schema.ts';
import type { BedrockWire } from './wire.ts';

/**
 * What the answer is held to, as `outputConfig`, beside whatever the caller has put there. The caller's own
 * format goes first.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export function encodeFormat(
  { outputConfig }: BedrockWire['params'],
  format: ResponseFormat | null,
): Pick<BedrockWire['request'], 'outputConfig'> {
  if (format?.mode !== 'native') return {};
  return {
    outputConfig: { ...outputConfig, textFormat: outputConfig?.textFormat ?? asked(format) },
  };
}

/** The schema goes as text. There is no leniency to ask for. */
const asked = ({ name, description, schema }: SchemaFormat): OutputFormat => ({
  type: 'json_schema',
  structure: {
    jsonSchema: {
      schema: JSON.stringify(grammarSchema(schema)),
      name,
      ...(description !== null && { description }),
    },
  },
});
