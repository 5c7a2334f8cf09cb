import { addToolCallDelta, type ToolCall, type ToolCallDelta } from './tool-call.ts';

/** The tool calls of a turn that have begun and not ended. */
export interface OpenToolCalls {
  readonly calls: readonly ToolCall[];
  /** How many calls have begun in the turn, those that have ended included. */
  readonly begun: number;
}

/** The calls at the start of a turn. */
export const noToolCalls: OpenToolCalls = { calls: [], begun: 0 };

/** The calls after one more piece. A call its provider does not number gets the next number of the turn. */
export function continueToolCalls(
  { calls, begun }: OpenToolCalls,
  delta: ToolCallDelta,
): OpenToolCalls {
  const continued = addToolCallDelta(calls, delta);
  const opened = continued.length > calls.length ? continued.at(-1) : undefined;
  if (opened === undefined) return { calls: continued, begun };
  const numbered = { ...opened, index: delta.index ?? begun };
  return { calls: continued.with(-1, numbered), begun: begun + 1 };
}

/** The calls without those that have ended. */
export function closeToolCalls(
  { calls, begun }: OpenToolCalls,
  hasEnded: (call: ToolCall) => boolean,
): OpenToolCalls {
  return { calls: calls.filter((call) => !hasEnded(call)), begun };
}
