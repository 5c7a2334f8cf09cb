import { idOf, type ToolCall } from '../../lib/index.ts';
import { parseArguments } from '../../lib/tool.ts';
import type { AnthropicWire } from './wire.ts';

/** A tool call as it stands in an assistant message that is sent back. */
export const toolUseOf = (call: ToolCall): AnthropicWire['toolCall'] => ({
  ...call.extra,
  type: 'tool_use',
  id: idOf(call),
  name: call.name,
  input: objectOf(inputOf(call.arguments)),
});

/** The input the pieces of `partial_json` stand for; their text itself where it is not JSON. */
export function inputOf(text: string): unknown {
  try {
    return parseArguments(text);
  } catch {
    return text;
  }
}

/**
 * An input as the API takes it back: an object. Anything else, such as arguments that were cut off, is
 * wrapped the way Anthropic's documentation shows, so that the model sees what it wrote.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
 */
export function objectOf(input: unknown): object {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  return { INVALID_JSON: typeof input === 'string' ? input : JSON.stringify(input) };
}
