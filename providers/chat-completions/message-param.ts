import { idOf, type KeptAnswer } from '../../lib/index.ts';
import type { Dialect } from './dialect.ts';
import type { ChatCompletionsWire } from './wire.ts';

type AssistantParam = Extract<ChatCompletionsWire['message'], { role: 'assistant' }>;

/**
 * The assistant message of a completion as a message of the next request: text or refusal, whole tool
 * calls, audio by its id, which is all the API wants back, and the reasoning that the service takes back.
 */
export function messageParam(
  { keptReasoning }: Pick<Dialect, 'keptReasoning'>,
  { choices }: ChatCompletionsWire['response'],
  { content, openCalls }: KeptAnswer,
): ChatCompletionsWire['message'] {
  const choice = choices.find(({ index }) => index === 0);
  const message = choice?.message;
  const { refusal = null, audio, tool_calls = [] } = message ?? {};
  const open = new Set(openCalls.map(idOf));
  const calls = tool_calls.filter(({ id }) => !open.has(id)).map(withArguments);
  // The call may stand for the text.
  const keepsBlocks = tool_calls.length > 0 || !isLastPiece(message?.content, content);
  return {
    role: 'assistant',
    ...reasoningOf(message, keptReasoning, keepsBlocks),
    content: content || (calls.length > 0 || refusal !== null || audio ? null : ''),
    ...(refusal !== null && { refusal }),
    ...(audio?.id && { audio: { id: audio.id } }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/**
 * Reasoning as it came, with or without tool calls: a service that has no use for it ignores it, while
 * DeepSeek refuses whatever follows a tool call where a message has lost its own ("The `reasoning_content` in
 * the thinking mode must be passed back to the API"), an empty one included. In 2025 its models had no tools
 * while they reasoned, and refused reasoning in a request.
 *
 * Blocks are signed, and a signature is checked: left out is a block that was cut before it, and all of them
 * where the text began in an earlier response, for a signature may also cover what stood before it.
 *
 * @param keepsBlocks whether the blocks stand behind what they were made behind
 * @see https://api-docs.deepseek.com/guides/thinking_mode
 * @see https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
 */
function reasoningOf(
  message: object | undefined,
  fields: Dialect['keptReasoning'],
  keepsBlocks: boolean,
): object {
  const kept = fields
    .map((field) => [field, (message as Fields | undefined)?.[field] ?? null] as const)
    .map(([field, said]) => [field, Array.isArray(said) ? said.filter(isWhole) : said] as const)
    .filter(([, said]) => (Array.isArray(said) ? keepsBlocks && said.length > 0 : said !== null));
  return Object.fromEntries(kept);
}

type Fields = Readonly<Record<string, unknown>>;

/** Anthropic's thinking ends with its signature. */
function isWhole(block: unknown): boolean {
  const { type, signature } = (block ?? {}) as Fields;
  return type !== 'thinking' || Boolean(signature);
}

/** Whether the text of a response is the end of an answer that began before it. */
const isLastPiece = (text: string | null | undefined, content: string): boolean =>
  content.length > (text ?? '').length && content.endsWith(text ?? '');

/** A call without arguments may arrive with none at all; a request must hold valid JSON. */
function withArguments(
  call: NonNullable<AssistantParam['tool_calls']>[number],
): NonNullable<AssistantParam['tool_calls']>[number] {
  if (call.type !== 'function' || call.function.arguments.trim() !== '') return call;
  return { ...call, function: { ...call.function, arguments: '{}' } };
}
