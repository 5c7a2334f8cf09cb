import type Anthropic from '@anthropic-ai/sdk';
import type { CallInput, EncodedCall, Message, Part, ToolDefinition } from '../../lib/index.ts';
import { encodePart } from './encode-part.ts';
import { splitSystem } from './system.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * The most tokens an answer may take where the caller does not say: the API has no default of its own.
 * Every model allows as many.
 */
const defaultMaxTokens = 4096;

/**
 * A call as a Messages request. The messages given back include the system messages, which the request
 * has in `system`, so that the next turn has them too.
 */
export function encodeCall({
  model,
  messages,
  tools,
  params,
}: CallInput<AnthropicWire>): EncodedCall<AnthropicWire> {
  const encoded = messages.map(encodeMessage).filter(saysSomething);
  const { system, conversation } = splitSystem(params.system, encoded);
  const offered = [...(params.tools ?? []), ...tools.map(encodeTool)];
  return {
    messages: encoded,
    request: {
      ...params,
      model,
      messages: [...conversation],
      max_tokens: params.max_tokens ?? defaultMaxTokens + thinkingBudget(params),
      stream: true,
      ...(system !== undefined && { system }),
      ...(offered.length > 0 && { tools: offered }),
    },
  };
}

/** Thinking counts against `max_tokens`, and the API wants its budget to be less. */
const thinkingBudget = ({ thinking }: AnthropicWire['params']): number =>
  thinking?.type === 'enabled' ? thinking.budget_tokens : 0;

function encodeTool({ name, description, parameters, strict }: ToolDefinition): Anthropic.Tool {
  return {
    name,
    ...(description !== null && { description }),
    // A tool's schema is one of an object, or the API refuses it with its own words.
    input_schema: { ...parameters } as Anthropic.Tool.InputSchema,
    ...(strict !== null && { strict }),
  };
}

/** Messages in common terms are translated, Anthropic's own go through untouched, part by part. */
function encodeMessage(message: Message | Anthropic.MessageParam): Anthropic.MessageParam {
  if (typeof message.content === 'string') return message as Anthropic.MessageParam;
  const parts = message.content as readonly (Part | Anthropic.ContentBlockParam)[];
  const content = parts.flatMap(encodePart);
  return {
    ...message,
    role: message.role === 'tool' ? 'user' : message.role,
    content,
  } as Anthropic.MessageParam;
}

/** The API refuses an assistant's turn without content, such as one that was refused or left at once. */
const saysSomething = ({ role, content }: Anthropic.MessageParam): boolean =>
  role !== 'assistant' || content.length > 0;
