import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { idOf, type KeptAnswer } from '../../lib/index.ts';
import { sendableInput } from './tool-input.ts';
import type { BedrockWire } from './wire.ts';

/**
 * The assistant message of a response as a message of the next request: its blocks in order, reasoning
 * with its signatures. Left out is what the service would refuse: blank texts, calls that did not arrive
 * whole, and in a message that was cut reasoning without a signature and tools of the service without
 * their results.
 *
 * Where the text began in an earlier response, reasoning is left out as well. The signature of newer Claude
 * models also covers what stood before it, and that was another conversation. It stays in a turn with a call:
 * the call may stand for the text, and models that think to a budget refuse a call without reasoning.
 *
 * A turn of which nothing is left has no content; `encode` leaves it out.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-thinking-block-binding.html
 */
export function messageParam(
  { output, stopReason }: BedrockWire['response'],
  { content, openCalls }: KeptAnswer,
): Message {
  const { role = 'assistant', content: blocks = [] } = output?.message ?? {};
  const open = new Set<string | undefined>(openCalls.map(idOf));
  const answered = new Set(blocks.map(({ toolResult }) => toolResult?.toolUseId));
  const isWhole = stopReason !== undefined;
  const thinks = !isLastPiece(blocks, content) || blocks.some(isCall);
  const kept = withText(blocks, content).filter((block) => {
    if (isText(block)) return textOf(block).trim() !== '';
    const { toolUse, reasoningContent } = block;
    if (toolUse?.type === 'server_tool_use') return isWhole || answered.has(toolUse.toolUseId);
    if (toolUse !== undefined) return !open.has(toolUse.toolUseId);
    if (reasoningContent === undefined) return true;
    // Claude signs its reasoning and wants the signature back; other models sign nothing.
    const { reasoningText } = reasoningContent;
    return (
      thinks && (isWhole || reasoningText === undefined || reasoningText.signature !== undefined)
    );
  });
  return { role, content: kept.map(withInput) };
}

/** Tools of the service are no calls: it has run them. */
const isCall = ({ toolUse }: ContentBlock): boolean =>
  toolUse !== undefined && toolUse.type !== 'server_tool_use';

const withInput = (block: ContentBlock): ContentBlock =>
  block.toolUse === undefined
    ? block
    : { toolUse: { ...block.toolUse, input: sendableInput(block.toolUse.input) } };

/** A text that cites is a block of its own kind. */
const isText = ({ text, citationsContent }: ContentBlock): boolean =>
  text !== undefined || citationsContent !== undefined;

const textOf = ({ text, citationsContent }: ContentBlock): string =>
  text ?? citationsContent?.content?.map((part) => part.text ?? '').join('') ?? '';

/** Whether the text of a response is the end of an answer that began before it. */
function isLastPiece(blocks: readonly ContentBlock[], content: string): boolean {
  const text = blocks.map(textOf).join('');
  return content.length > text.length && content.endsWith(text);
}

/** The blocks with the text an operator left of them, or that came in other ways: in pieces, as a call. */
function withText(blocks: readonly ContentBlock[], content: string): readonly ContentBlock[] {
  const text = blocks.map(textOf).join('');
  if (text === content) return blocks;
  return text.startsWith(content) ? cutText(blocks, content.length) : replaceText(blocks, content);
}

/** The first `length` characters, each in the block it came in; a text that was cut cites nothing. */
function cutText(blocks: readonly ContentBlock[], length: number): readonly ContentBlock[] {
  let left = length;
  return blocks.map((block) => {
    if (!isText(block)) return block;
    const text = textOf(block).slice(0, left);
    left -= text.length;
    return text === textOf(block) ? block : { text };
  });
}

/** A text that is another now stands where the first one stood, or before the first call. */
function replaceText(blocks: readonly ContentBlock[], text: string): readonly ContentBlock[] {
  const first = blocks.findIndex((block) => isText(block) || block.toolUse !== undefined);
  const position = first < 0 ? blocks.length : first;
  const others = blocks.slice(position).filter((block) => !isText(block));
  return [...blocks.slice(0, position), { text }, ...others];
}
