import type {
  ContentBlock,
  Message,
  ToolResultContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { ToolOutput, ToolResultPart } from '../../lib/index.ts';
import { outputJson } from '../../lib/output-text.ts';
import { toolResultPart } from '../../lib/tool-result-part.ts';
import { isObject, type Json } from './tool-input.ts';
import type { BedrockWire } from './wire.ts';

/**
 * Results of tools as one message of the next turn: the service refuses results of one turn that are
 * spread over several.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/tool-use-inference-call.html
 */
export function encodeToolOutputs(outputs: readonly ToolOutput<BedrockWire>[]): readonly Message[] {
  const content = outputs.map((output) => encodeToolResult(toolResultPart(output)));
  return content.length > 0 ? [{ role: 'user', content }] : [];
}

/** What a tool gave back. `status` says only what failed: not every model knows the field. */
export function encodeToolResult({ id, output, isError }: ToolResultPart): ContentBlock {
  const failed = isError === true || output instanceof Error;
  return {
    toolResult: {
      toolUseId: id,
      content: [contentOf(output instanceof Error ? output.message : output)],
      ...(failed && { status: 'error' }),
    },
  };
}

/** `json` must hold an object; lists and single values go as the text of their JSON. */
function contentOf(output: unknown): ToolResultContentBlock {
  // An empty text is refused, and so is an empty content; its JSON, two quotes, is not.
  if (typeof output === 'string' && output.trim() !== '') return { text: output };
  const value = outputJson(output) ?? null;
  return isObject(value) ? { json: value as NonNullable<Json> } : { text: JSON.stringify(value) };
}
