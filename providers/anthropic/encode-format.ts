import type Anthropic from '@anthropic-ai/sdk';
import type { ResponseFormat, SchemaFormat } from '../../lib/index.ts';
import { claudeSchema } from './claude-schema.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * What the answer is held to, as `output_config`, beside whatever the caller has put there. The caller's
 * own format goes first.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export function encodeFormat(
  { output_config }: AnthropicWire['params'],
  format: ResponseFormat | null,
): Pick<AnthropicWire['request'], 'output_config'> {
  if (format?.mode !== 'native') return {};
  return { output_config: { ...output_config, format: output_config?.format ?? asked(format) } };
}

/** The API knows no name and no leniency, and has no place for a description but in the schema. */
const asked = ({ schema, description }: SchemaFormat): Anthropic.JSONOutputFormat => ({
  type: 'json_schema',
  schema: { ...claudeSchema({ ...schema, ...(description !== null && { description }) }) },
});
