import type { ScriptedEvent, ScriptedToolCall } from 'rx-llm/testing';

/** An event with one piece of a tool call. */
export const piece = (
  index: number,
  json: string,
  rest: Omit<ScriptedToolCall, 'index' | 'arguments'> = {},
): ScriptedEvent => ({ toolCalls: [{ index, arguments: json, ...rest }] });
