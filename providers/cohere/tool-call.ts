import { idOf, type ToolCall } from '../../lib/index.ts';
import type { CohereWire } from './wire.ts';

/** A tool call as it stands in an assistant message. */
export const toolCallOf = (call: ToolCall): CohereWire['toolCall'] => ({
  ...call.extra,
  id: idOf(call),
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
});

/** A call without arguments may arrive with none at all; a request must hold valid JSON. */
export function withArguments(call: CohereWire['toolCall']): CohereWire['toolCall'] {
  if (call.function?.arguments?.trim()) return call;
  return { ...call, function: { ...call.function, arguments: '{}' } };
}
