import type { ToolOutput, ToolResultPart } from '../../lib/index.ts';
import { outputText } from '../../lib/output-text.ts';
import type { CohereWire } from './wire.ts';

/**
 * Results of tools as messages of the next turn: one for each call, after the one assistant message that
 * holds all calls.
 *
 * @see https://docs.cohere.com/v2/docs/tool-use-usage-patterns#parallel-tool-calling
 */
export const toolMessageParams = (
  outputs: readonly ToolOutput<CohereWire>[],
): readonly CohereWire['message'][] =>
  outputs.map(([{ id, name }, output]) =>
    encodeToolResult({ type: 'tool_result', id, name, output }),
  );

/** A result in the API's terms; whether it is an error, only its words can say. */
export const encodeToolResult = ({ id, output }: ToolResultPart): CohereWire['message'] => ({
  role: 'tool',
  toolCallId: id,
  content: outputText(output),
});
