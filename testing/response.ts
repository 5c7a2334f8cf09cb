import {
  addToolCallDelta,
  fold,
  idOf,
  type AssistantPart,
  type Fold,
  type KeptAnswer,
  type Message,
  type ToolCall,
  type ToolCallPart,
} from '../lib/index.ts';
import { parseArguments } from '../lib/tool.ts';
import { decodeToolCall } from './decode.ts';
import type { ScriptedEvent, ScriptedResponse } from './wire.ts';

/** Adds events up to a response. */
export const scriptedResponse: Fold<ScriptedEvent, ScriptedResponse> = fold<
  Assembly,
  ScriptedEvent,
  ScriptedResponse
>(
  {
    id: null,
    model: null,
    content: '',
    thinking: '',
    refusal: null,
    toolCalls: [],
    finishReason: null,
    usage: null,
  },
  addEvent,
  (assembly) => ({ ...assembly, toolCalls: assembly.toolCalls.map(toolCallPart) }),
);

type Assembly = Omit<ScriptedResponse, 'toolCalls'> & { readonly toolCalls: readonly ToolCall[] };

function addEvent(before: Assembly, event: ScriptedEvent): Assembly {
  const { content = '', thinking = '', refusal, toolCalls = [], usage } = event;
  return {
    id: event.id ?? before.id,
    model: event.model ?? before.model,
    content: before.content + content,
    thinking: before.thinking + thinking,
    refusal: refusal === undefined ? before.refusal : (before.refusal ?? '') + refusal,
    toolCalls: toolCalls.map(decodeToolCall).reduce(addToolCallDelta, before.toolCalls),
    finishReason: event.finishReason ?? before.finishReason,
    usage: usage ? { ...before.usage, ...usage } : before.usage,
  };
}

/** A tool call as it stands in an assistant message. */
export const toolCallPart = (call: ToolCall): ToolCallPart => ({
  type: 'tool_call',
  id: idOf(call),
  name: call.name,
  args: argumentsOf(call.arguments),
});

/** Text that is not JSON stays text, as {@link ToolCallPart} promises. */
function argumentsOf(json: string): unknown {
  try {
    return parseArguments(json);
  } catch {
    return json;
  }
}

/** The assistant message of a response, as far as it was kept. */
export function messageParam(
  { thinking, toolCalls }: ScriptedResponse,
  { content, openCalls }: KeptAnswer,
): Message {
  const open = new Set(openCalls.map(idOf));
  const parts: AssistantPart[] = [];
  if (thinking) parts.push({ type: 'thinking', text: thinking });
  if (content) parts.push({ type: 'text', text: content });
  return { role: 'assistant', content: [...parts, ...toolCalls.filter(({ id }) => !open.has(id))] };
}
