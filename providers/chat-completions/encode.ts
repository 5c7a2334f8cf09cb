import type {
  AssistantPart,
  CallInput,
  EncodedCall,
  Message,
  Part,
  ToolResultPart,
} from '../../lib/index.ts';
import { outputText } from '../../lib/output-text.ts';
import type { Dialect } from './dialect.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeParams } from './encode-params.ts';
import { encodePart } from './encode-part.ts';
import { encodeTool } from './encode-tool.ts';
import { encodeToolResult } from './encode-tool-result.ts';
import type { ChatCompletionsWire } from './wire.ts';

type WireMessage = ChatCompletionsWire['message'];

/**
 * A call as a Chat Completions request. Usage is asked for unless the caller says otherwise; the caller's
 * own parameters go before what is common to all providers.
 */
export function encodeCall(
  dialect: Dialect,
  { model, messages, tools, params, commonParams, format }: CallInput<ChatCompletionsWire>,
): EncodedCall<ChatCompletionsWire> {
  const encoded = messages.flatMap((message) => encodeMessage(dialect, message));
  const offered = [...(params.tools ?? []), ...tools.map((tool) => encodeTool(dialect, tool))];
  return {
    messages: encoded,
    request: {
      ...encodeFormat(format),
      ...encodeParams(dialect, commonParams, params, offered.length > 0),
      model,
      messages: encoded,
      stream: true,
      stream_options: { include_usage: true, ...params.stream_options },
      ...(offered.length > 0 && { tools: offered }),
    },
  };
}

/** Messages in common terms are translated, the wire's own go through untouched, part by part. */
function encodeMessage(dialect: Dialect, message: Message | WireMessage): readonly WireMessage[] {
  if (!('content' in message) || !Array.isArray(message.content)) return [message as WireMessage];
  const parts = message.content as readonly (Part | object)[];
  if (message.role === 'tool' && parts.length > 0 && parts.every(isToolResult))
    return parts.map((part) => encodeToolResult(dialect, part));
  if (message.role === 'assistant') return [encodeAssistant(dialect, message, parts)];
  const content = parts.map((part) => encodePart(dialect, part));
  return [{ ...message, content } as WireMessage];
}

const isToolResult = (part: Part | object): part is ToolResultPart =>
  'type' in part && part.type === 'tool_result';

/**
 * Thinking in common terms is left out: it may be that of another service, and where one checks it, it is by
 * what only the service's own message has.
 */
function encodeAssistant(
  dialect: Dialect,
  message: Message | WireMessage,
  parts: readonly (Part | object)[],
): WireMessage {
  const calls = parts.filter(isPart('tool_call'));
  const content = parts
    .filter((part) => !isPart('tool_call')(part) && !isPart('thinking')(part))
    .map((part) => encodePart(dialect, part));
  return {
    ...message,
    content: content.length > 0 ? content : calls.length > 0 ? null : '',
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, args }) => ({
        id,
        type: 'function',
        function: { name, arguments: outputText(args) || '{}' },
      })),
    }),
  } as WireMessage;
}

const isPart =
  <Type extends AssistantPart['type']>(type: Type) =>
  (part: Part | object): part is Extract<AssistantPart, { type: Type }> =>
    'type' in part && part.type === type;
