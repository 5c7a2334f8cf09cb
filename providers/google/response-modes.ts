import type { ResponseMode, ToolDefinition } from '../../lib/index.ts';

/**
 * How a model can be brought to answer in the shape of a schema.
 *
 * Before Gemini 3 the API refuses tools beside a format ("Function calling with a response mime type:
 * 'application/json' is unsupported"), and Gemma has neither ("JSON mode is not enabled for
 * models/gemma-3-27b-it", "Function calling is not enabled for …").
 *
 * @see https://ai.google.dev/gemini-api/docs/structured-output#structured_outputs_with_tools
 */
export function responseModes({
  model,
  tools,
}: {
  readonly model: string;
  readonly tools: readonly ToolDefinition[];
}): readonly ResponseMode[] {
  if (isOldGemma.test(model)) return [];
  return tools.length > 0 && isBefore3.test(model) ? ['tool'] : ['native', 'tool', 'json'];
}

/** `gemini-1.5-pro-latest`, `gemini-2.5-flash`, and the models that had no number yet. */
const isBefore3 = /gemini-(?:[12](?!\d)|pro$|pro-vision)/;

/** Of later ones nothing is known here, so they count as able. */
const isOldGemma = /gemma-[123](?!\d)/;
