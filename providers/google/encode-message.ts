import type { Content, Part } from '@google/genai';
import type { Message, Part as CommonPart } from '../../lib/index.ts';
import { joinedToolMessages } from '../../lib/joined-tool-messages.ts';
import { unmarked } from './cache-mark.ts';
import { encodeMedia } from './media.ts';
import { signed } from './thought-signature.ts';
import { encodeToolResult } from './tool-result.ts';

type AnyMessage = Message | Content;

/**
 * Messages as Gemini takes them; system messages are messages of role `system`. Those in common terms are
 * translated, Gemini's own go through untouched. A turn of the model that says nothing, such as one that was
 * left while it was thinking, is left out: the API refuses contents without parts.
 */
export const encodeMessages = (model: string, messages: readonly AnyMessage[]): Content[] =>
  joinedToolMessages(messages)
    .map((message) => encodeMessage(model, message))
    .filter(({ role, parts = [] }) => role !== 'model' || parts.length > 0);

const isCommon = (message: AnyMessage): message is Message => 'content' in message;

const roles = { system: 'system', user: 'user', assistant: 'model', tool: 'user' } as const;

function encodeMessage(model: string, message: AnyMessage): Content {
  if (!isCommon(message)) return message;
  const { role, content } = message;
  if (typeof content === 'string') {
    const parts = role === 'assistant' && content === '' ? [] : [{ text: content }];
    return { role: roles[role], parts };
  }
  const parts = content.flatMap(encodePart);
  return { role: roles[role], parts: role === 'assistant' ? signed(model, parts) : parts };
}

/** Gemini's own parts go through. Thinking is left out: without its signature it is not accepted. */
function encodePart(given: CommonPart | Part): readonly Part[] {
  if (!('type' in given)) return [given];
  const part = unmarked(given);
  switch (part.type) {
    case 'text':
      return [{ text: part.text }];
    case 'image':
    case 'audio':
    case 'document':
      return [encodeMedia(part)];
    case 'thinking':
      return [];
    case 'tool_call': {
      const { id, name, args } = part;
      return [{ functionCall: { id, name, ...(isRecord(args) && { args }) } }];
    }
    case 'tool_result':
      return [encodeToolResult({ ...part, isError: part.isError ?? part.output instanceof Error })];
  }
}

/** Arguments are an object on this wire; the text of broken ones has no place in it. */
const isRecord = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
