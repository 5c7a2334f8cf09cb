import type Anthropic from '@anthropic-ai/sdk';
import type { ToolOutput, ToolResultPart } from '../../lib/index.ts';
import { outputText } from '../../lib/output-text.ts';
import { toolResultPart } from '../../lib/tool-result-part.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * Results of tools as a message of the next turn: one, for the API wants the results of all calls of a
 * turn in the message that follows it.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/parallel-tool-use
 */
export function toolMessageParams(
  outputs: readonly ToolOutput<AnthropicWire>[],
): readonly AnthropicWire['message'][] {
  if (outputs.length === 0) return [];
  const content = outputs.map((output) => {
    const [{ toolCall }] = output;
    return {
      ...encodeToolResult(toolResultPart(output)),
      // A call of a toolset (`computer`, `browser`) is answered under the name of its set.
      ...(toolCall.toolset_name && { toolset_name: toolCall.toolset_name }),
    };
  });
  return [{ role: 'user', content }];
}

/** A result in the API's terms. An `Error` is told as what went wrong, and as an error. */
export function encodeToolResult({
  id,
  output,
  isError = output instanceof Error,
}: ToolResultPart): Anthropic.ToolResultBlockParam {
  const content = outputText(output);
  return {
    type: 'tool_result',
    tool_use_id: id,
    ...(content !== '' && { content }),
    ...(isError && { is_error: true }),
  };
}
