import type { Cohere } from 'cohere-ai';
import type { AssistantMessage, AssistantPart, ToolCallPart } from '../../lib/index.ts';
import { unmarked } from './cache-mark.ts';
import type { CohereWire } from './wire.ts';

type WirePart = Cohere.AssistantMessageV2ContentOneItem;

/**
 * An assistant's message whose content is a list, in the API's terms. Cohere's own parts go through
 * untouched.
 *
 * Text beside tool calls becomes the tool plan: the API refuses it as content ("text content is not
 * allowed when tool_calls are provided … use 'tool_plan'", https://github.com/vercel/ai/issues/5794).
 *
 * Thinking in common terms is left out: the API takes it from models that think, and the conversation may
 * come from another. `messageParam` of a response has it.
 */
export function encodeAssistant(
  message: AssistantMessage | Cohere.ChatMessageV2.Assistant,
  parts: readonly (AssistantPart | WirePart)[],
): CohereWire['message'] {
  // With calls of its own the message is Cohere's.
  if ('toolCalls' in message) return message;
  const calls = parts.filter(isToolCall);
  const content = parts.map(unmarked).filter(isContent);
  if (calls.length === 0) return { ...message, content };
  const thinking = content.filter(({ type }) => type !== 'text');
  const plan = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const { content: _content, ...rest } = message;
  return {
    ...rest,
    ...(plan !== '' && { toolPlan: plan }),
    ...(thinking.length > 0 && { content: thinking }),
    toolCalls: calls.map(encodeToolCall),
  };
}

const isToolCall = (part: AssistantPart | WirePart): part is ToolCallPart =>
  part.type === 'tool_call';

/** Cohere's thinking parts have a field `thinking`, those in common terms a `text`. Empty texts are refused. */
const isContent = (part: AssistantPart | WirePart): part is WirePart =>
  part.type === 'text' ? part.text !== '' : !isToolCall(part) && !('text' in part);

const encodeToolCall = ({ id, name, args }: ToolCallPart): Cohere.ToolCallV2 => ({
  id,
  type: 'function',
  function: {
    name,
    arguments: typeof args === 'string' && args !== '' ? args : JSON.stringify(args || {}),
  },
});
