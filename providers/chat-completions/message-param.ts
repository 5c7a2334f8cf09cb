import { idOf, type KeptAnswer } from '../../lib/index.ts';
import type { ChatCompletionsWire } from './wire.ts';

type AssistantParam = Extract<ChatCompletionsWire['message'], { role: 'assistant' }>;

/**
 * The assistant message of a completion as a message of the next request: text or refusal, whole tool
 * calls, and audio by its id, which is all the API wants back.
 */
export function messageParam(
  { choices }: ChatCompletionsWire['response'],
  { content, openCalls }: KeptAnswer,
): ChatCompletionsWire['message'] {
  const choice = choices.find(({ index }) => index === 0);
  const { refusal = null, audio, tool_calls = [] } = choice?.message ?? {};
  const open = new Set(openCalls.map(idOf));
  const calls = tool_calls.filter(({ id }) => !open.has(id)).map(withArguments);
  return {
    role: 'assistant',
    content: content || (calls.length > 0 || refusal !== null || audio ? null : ''),
    ...(refusal !== null && { refusal }),
    ...(audio?.id && { audio: { id: audio.id } }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** A call without arguments may arrive with none at all; a request must hold valid JSON. */
function withArguments(
  call: NonNullable<AssistantParam['tool_calls']>[number],
): NonNullable<AssistantParam['tool_calls']>[number] {
  if (call.type !== 'function' || call.function.arguments.trim() !== '') return call;
  return { ...call, function: { ...call.function, arguments: '{}' } };
}
