import type { ResponseMode, ToolDefinition } from '../../lib/index.ts';

/**
 * How a model can be brought to answer in the shape of a schema.
 *
 * Beside tools the API takes a format and does not hold the answer to it: recorded from
 * mistral-small-latest, `{"total": 5} {"type": "function", …`. It used to refuse them together ("Cannot use
 * json response type with tools", code 3051).
 *
 * @see https://docs.mistral.ai/studio-api/conversations/structured-output/custom
 */
export const responseModes = ({
  tools,
}: {
  readonly tools: readonly ToolDefinition[];
}): readonly ResponseMode[] => (tools.length > 0 ? ['tool'] : ['native', 'tool', 'json']);
