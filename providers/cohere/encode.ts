import type { Cohere } from 'cohere-ai';
import {
  StreamError,
  type AssistantPart,
  type CallInput,
  type EncodedCall,
  type Message,
  type TextPart,
  type ToolDefinition,
  type ToolResultPart,
  type UserPart,
} from '../../lib/index.ts';
import { defined } from '../../lib/defined.ts';
import { unmarked } from './cache-mark.ts';
import { encodeAssistant } from './encode-assistant.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeParams } from './encode-params.ts';
import { encodePart } from './encode-part.ts';
import { encodeToolResult } from './tool-result.ts';
import type { CohereWire } from './wire.ts';

/** A call as a v2 chat request. */
export function encodeCall({
  model,
  messages,
  tools,
  params,
  commonParams,
  format,
}: CallInput<CohereWire>): EncodedCall<CohereWire> {
  const encoded = messages.flatMap(encodeMessage).filter(saysSomething);
  const offered = [...(params.tools ?? []), ...tools.map(unmarked).map(encodeTool)];
  const strictTools = params.strictTools ?? strictness(tools);
  const { params: asked, instructions } = encodeFormat(format, { ...params, tools: offered });
  return {
    messages: encoded,
    request: {
      ...encodeParams(commonParams, params, offered.map(nameOf)),
      ...asked,
      ...defined(params),
      model,
      messages: [...instructions, ...encoded],
      ...(offered.length > 0 && { tools: offered }),
      ...(strictTools !== null && { strictTools }),
    },
  };
}

const encodeTool = ({ name, description, parameters }: ToolDefinition): Cohere.ToolV2 => ({
  type: 'function',
  function: {
    name,
    ...(description !== null && { description }),
    parameters: { ...parameters },
  },
});

const nameOf = (tool: Cohere.ToolV2): string => tool.function?.name ?? '';

/** The API follows the schemas of all tools to the letter, or of none: `strictTools`. */
function strictness(tools: readonly ToolDefinition[]): boolean | null {
  const wishes = new Set(tools.map(({ strict }) => strict).filter((strict) => strict !== null));
  if (wishes.size < 2) return [...wishes][0] ?? null;
  throw new StreamError('cohere', {
    code: 'unsupported',
    message:
      'Cohere cannot be strict with some tools only; give all the same, or set callParams.strictTools',
  });
}

/** Messages in common terms are translated, Cohere's own go through untouched, part by part. */
function encodeMessage(message: Message | CohereWire['message']): readonly CohereWire['message'][] {
  const { role, content } = message;
  if (!Array.isArray(content)) return [message as CohereWire['message']];
  const parts: readonly unknown[] = content;
  switch (role) {
    case 'system':
      return [encodeSystem(message, parts as SystemParts)];
    case 'user':
      return [{ ...message, content: (parts as UserParts).map(encodePart) }];
    case 'assistant':
      return [encodeAssistant(message, parts as AssistantParts)];
    case 'tool':
      if ('toolCallId' in message) return [message];
      return (parts as readonly ToolResultPart[]).map(unmarked).map(encodeToolResult);
  }
}

/** A message whose parts have no marks is Cohere's own, in common terms or not. */
function encodeSystem(message: Message | CohereWire['message'], parts: SystemParts) {
  const content = parts.map(unmarked);
  const own = content.every((part, at) => part === parts[at]);
  return (own ? message : { ...message, content }) as CohereWire['message'];
}

type SystemParts = readonly (TextPart | Cohere.SystemMessageV2ContentOneItem)[];
type UserParts = readonly (UserPart | Cohere.Content)[];
type AssistantParts = readonly (AssistantPart | Cohere.AssistantMessageV2ContentOneItem)[];

/** The API refuses a turn of the assistant without content and calls, such as one that was left at once. */
const saysSomething = (message: CohereWire['message']): boolean =>
  message.role !== 'assistant' ||
  [message.content, message.toolCalls].some((list) => list !== undefined && list.length > 0);
