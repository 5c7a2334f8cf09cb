import type {
  AssistantMessage,
  CallInput,
  EncodedCall,
  Message,
  Part,
  ToolCallPart,
  ToolOutput,
  ToolResultPart,
} from '../../lib/index.ts';
import { defined } from '../../lib/defined.ts';
import { outputText } from '../../lib/output-text.ts';
import { unmarked } from './cache-mark.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeParams } from './encode-params.ts';
import { encodePart } from './encode-part.ts';
import { encodeTool } from './encode-tool.ts';
import { toolCallId } from './tool-call-id.ts';
import type { MistralWire } from './wire.ts';

type WireMessage = MistralWire['message'];

/** A call as a chat request. */
export function encodeCall({
  model,
  messages,
  tools,
  params,
  commonParams,
  format,
}: CallInput<MistralWire>): EncodedCall<MistralWire> {
  const encoded = messages.flatMap(encodeMessage).filter(saysSomething);
  const offered = [...(params.tools ?? []), ...tools.map(unmarked).map(encodeTool)];
  return {
    messages: encoded,
    request: {
      ...encodeParams(commonParams, offered.length > 0),
      ...encodeFormat(format),
      ...defined(params),
      model,
      messages: encoded,
      ...(offered.length > 0 && { tools: offered }),
    },
  };
}

/** Messages in common terms are translated, Mistral's own go through untouched, part by part. */
function encodeMessage(message: Message | WireMessage): readonly WireMessage[] {
  if (!Array.isArray(message.content)) return [message as WireMessage];
  const parts = message.content as readonly Part[];
  if (message.role === 'tool' && parts.every(isToolResult)) return parts.map(encodeToolResult);
  if (message.role === 'assistant') return [encodeAssistant(message as AssistantMessage, parts)];
  return [{ ...message, content: parts.map(encodePart) } as WireMessage];
}

const isToolResult = (part: Part): part is ToolResultPart => part.type === 'tool_result';

const isToolCall = (part: Part): part is ToolCallPart => part.type === 'tool_call';

function encodeToolResult(part: ToolResultPart): WireMessage {
  const { id, name, output } = unmarked(part);
  return { role: 'tool', toolCallId: toolCallId(id), name, content: outputText(output) };
}

/** Results of tools as messages of the next turn, under the ids their calls have in the assistant's. */
export const encodeToolOutputs = (
  outputs: readonly ToolOutput<MistralWire>[],
): readonly WireMessage[] =>
  outputs.map(([{ id, name, toolCall }, output]) => ({
    role: 'tool',
    toolCallId: toolCall.id ?? toolCallId(id),
    name,
    content: outputText(output),
  }));

function encodeAssistant(message: AssistantMessage, parts: readonly Part[]): WireMessage {
  const calls = parts.filter(isToolCall);
  const content = parts.filter((part) => !isToolCall(part)).map(encodePart);
  return {
    ...message,
    content: content.length > 0 ? content : '',
    ...(calls.length > 0 && {
      toolCalls: calls.map(({ id, name, args }, index) => ({
        id: toolCallId(id),
        type: 'function',
        function: { name, arguments: outputText(args) },
        index,
      })),
    }),
  };
}

/**
 * The API refuses an assistant's turn with neither content nor calls ("Assistant message must have either
 * content or tool_calls, but not none"), such as one that was left at once.
 */
const saysSomething = (message: WireMessage): boolean =>
  message.role !== 'assistant' ||
  (message.content?.length ?? 0) > 0 ||
  ('toolCalls' in message && (message.toolCalls?.length ?? 0) > 0);
