import type { ResponseMode, ToolDefinition } from '../../lib/index.ts';

/**
 * How a model can be brought to answer in the shape of a schema. JSON modes do not go together with tools.
 * A tool as the answer must be called, which models before Command R7B cannot be told, and Command A Vision
 * takes no tools.
 *
 * @see https://docs.cohere.com/reference/chat#request.body.tool_choice
 * @see https://docs.cohere.com/docs/command-a-vision#limitations
 */
export function responseModes({
  model,
  tools,
}: {
  readonly model: string;
  readonly tools: readonly ToolDefinition[];
}): readonly ResponseMode[] {
  const canBeForced = !withoutForcedCalls.test(model);
  if (tools.length > 0) return canBeForced ? ['tool'] : [];
  return canBeForced ? ['native', 'tool', 'json'] : ['native', 'json'];
}

/** `command-r-08-2024`, `command-r-plus`, `command-a-vision-07-2025`; not `command-r7b-12-2024`. */
const withoutForcedCalls = /command-(?:r(?!7b)|a-vision)/;
