import { commonUsage, type Delta, type ToolCallDelta } from '../lib/index.ts';
import type { ScriptedEvent, ScriptedToolCall, ScriptedWire } from './wire.ts';

/** What an event says: nearly the event itself. */
export function decodeEvent({
  toolCalls = [],
  finishReason,
  usage,
  ...rest
}: ScriptedEvent): Delta<ScriptedWire> {
  return {
    ...rest,
    toolCalls: toolCalls.map(decodeToolCall),
    endedToolCalls: toolCalls.filter(({ complete }) => complete).map(({ index = 0 }) => index),
    ...(usage && { usage, commonUsage: commonUsage(usage) }),
    ...(finishReason && { finishReasons: [finishReason], end: 'soon' }),
  };
}

/** A piece of a tool call in the core's terms. */
export const decodeToolCall = (call: ScriptedToolCall): ToolCallDelta => ({
  index: call.index ?? null,
  id: call.id ?? null,
  name: call.name ?? null,
  arguments: call.arguments,
});
