import type { ContentChunk } from '@mistralai/mistralai/models/components';
import type { KeptAnswer } from '../../lib/index.ts';
import { toolCallOf } from './tool-call.ts';
import type { MistralWire } from './wire.ts';

/**
 * The assistant message of a completion as a message of the next request: its content with the
 * reasoning in its place, which Mistral asks to be sent back intact, and the tool calls that arrived whole
 * and do not stand for the answer.
 */
export function messageParam(
  { choices: [choice] }: MistralWire['response'],
  { content, openCalls }: KeptAnswer,
): MistralWire['message'] {
  const { content: received, toolCalls } = choice?.message ?? {};
  const open = new Set(openCalls.map((call) => toolCallOf(call).id));
  const calls = (toolCalls ?? []).filter(({ id }) => !open.has(id)).map(withArguments);
  return {
    role: 'assistant',
    content: Array.isArray(received) ? keptParts(received, content) : content,
    ...(calls.length > 0 && { toolCalls: calls }),
  };
}

/** A call without arguments may arrive with none at all; a request must hold valid JSON. */
function withArguments(call: MistralWire['toolCall']): MistralWire['toolCall'] {
  const { arguments: args } = call.function;
  const none = typeof args === 'string' && ['', 'null'].includes(args.trim());
  return none ? { ...call, function: { ...call.function, arguments: '{}' } } : call;
}

/** The parts with the text as it was kept; parts the SDK does not know it does not send. */
function keptParts(parts: readonly ContentChunk[], content: string): ContentChunk[] {
  const sendable = parts.filter((part) => !('isUnknown' in part));
  const text = sendable.map(textOf).join('');
  if (text === content) return sendable;
  if (text.startsWith(content)) return cutText(sendable, content.length);
  // Text that came in another way: as the arguments of the tool that stands for the answer.
  if (content.startsWith(text)) return [...sendable, textPart(content.slice(text.length))];
  // Text that came before, in a call that this one continued.
  if (content.endsWith(text)) return withTextBefore(sendable, content.slice(0, -text.length));
  return replaceText(sendable, content);
}

function withTextBefore(parts: readonly ContentChunk[], before: string): ContentChunk[] {
  const first = parts.findIndex(({ type }) => type === 'text');
  return parts.map((part, at) => (at === first ? textPart(before + textOf(part)) : part));
}

const textPart = (text: string): ContentChunk => ({ type: 'text', text });

const textOf = (part: ContentChunk): string =>
  part.type === 'text' && 'text' in part ? part.text : '';

/** The first `length` characters, each in the part it came in; what came after them is cut as well. */
function cutText(parts: readonly ContentChunk[], length: number): ContentChunk[] {
  let left = length;
  return parts.flatMap((part): ContentChunk[] => {
    if (part.type === 'thinking') return [part];
    if (part.type !== 'text') return left > 0 ? [part] : [];
    const text = textOf(part).slice(0, left);
    left -= text.length;
    return text === '' ? [] : [{ ...part, text }];
  });
}

/** A text that is another now stands after the reasoning; references to the old one are left out. */
const replaceText = (parts: readonly ContentChunk[], text: string): ContentChunk[] => [
  ...parts.filter(({ type }) => type === 'thinking'),
  textPart(text),
];
