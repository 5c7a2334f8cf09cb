import type { ToolOutput, ToolResultPart } from '../../lib/index.ts';
import { outputText } from '../../lib/output-text.ts';
import { cacheMark } from './cache-mark.ts';
import type { Dialect } from './dialect.ts';
import type { ChatCompletionsWire } from './wire.ts';

type WireMessage = ChatCompletionsWire['message'];

/** What a tool gave, as a message: its text, in a part where there is a mark to carry. */
export function encodeToolResult(
  dialect: Dialect,
  { id, output, cacheControl }: Pick<ToolResultPart, 'id' | 'output' | 'cacheControl'>,
): WireMessage {
  const text = outputText(output);
  const mark = cacheMark(dialect, cacheControl);
  const content = mark ? [{ type: 'text' as const, text, ...mark }] : text;
  return { role: 'tool', tool_call_id: id, content };
}

/** Results of tools as messages of the next turn. */
export const encodeToolOutputs = (
  dialect: Dialect,
  outputs: readonly ToolOutput<ChatCompletionsWire>[],
): readonly WireMessage[] =>
  outputs.map(([{ id }, output]) => encodeToolResult(dialect, { id, output }));
