import type Anthropic from '@anthropic-ai/sdk';
import { idOf, type KeptAnswer } from '../../lib/index.ts';
import { objectOf } from './tool-use.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * A message as the assistant's turn of the next request: its blocks as they came and in their order,
 * thinking with its signature and the server's own tools included, for the API checks both. Left out is
 * what the API would refuse: blank texts, tool calls that were cut off, thinking without the signature
 * that ends it, and in a message that was cut a server tool without its result.
 *
 * Where the text began in an earlier response, thinking is left out as well. Since Fable 5.1 and Opus 5.5 its
 * signature also covers what stood before it, and that was another conversation. It stays in a turn with a
 * call: the call may stand for the text, and models that think to a budget refuse a call without thinking.
 *
 * A turn of which nothing is left (a refusal, for instance) has no content; `encode` leaves it out.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
 */
export function messageParam(
  { content: blocks, stop_reason }: AnthropicWire['response'],
  { content, openCalls }: KeptAnswer,
): AnthropicWire['message'] {
  const open = new Set(openCalls.map(idOf));
  const answered = new Set(blocks.map(answeredBy));
  const thinks = !isLastPiece(blocks, content) || blocks.some(({ type }) => type === 'tool_use');
  const kept = withText(blocks, content).filter((block) => {
    switch (block.type) {
      case 'text':
        return block.text.trim() !== '';
      case 'thinking':
        return thinks && Boolean(block.signature);
      case 'redacted_thinking':
        return thinks;
      case 'tool_use':
        return !open.has(block.id);
      case 'server_tool_use':
        // With a stop reason (`pause_turn`, `tool_use`) the server takes it up again by itself.
        return stop_reason !== null || answered.has(block.id);
      default:
        return true;
    }
  });
  // What a response holds a request accepts: the SDK's own examples send `content` back as it is.
  return { role: 'assistant', content: kept.map(withInput) as Anthropic.ContentBlockParam[] };
}

type Block = AnthropicWire['response']['content'][number];

/** The call a block is the result of: `web_search_tool_result` and its like. */
const answeredBy = (block: Block): string | undefined =>
  'tool_use_id' in block ? block.tool_use_id : undefined;

const withInput = (block: Block): Block =>
  block.type === 'tool_use' || block.type === 'server_tool_use'
    ? { ...block, input: objectOf(block.input) }
    : block;

const textOf = (blocks: readonly Block[]): string =>
  blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');

/** Whether the text of a response is the end of an answer that began before it. */
function isLastPiece(blocks: readonly Block[], content: string): boolean {
  const text = textOf(blocks);
  return content.length > text.length && content.endsWith(text);
}

/** The blocks with the text an operator left of them, or that came in other ways: in pieces, as a call. */
function withText(blocks: readonly Block[], content: string): readonly Block[] {
  const text = textOf(blocks);
  if (text === content) return blocks;
  return text.startsWith(content) ? cutText(blocks, content.length) : replaceText(blocks, content);
}

/** The first `length` characters, each in the block it came in. */
function cutText(blocks: readonly Block[], length: number): readonly Block[] {
  let left = length;
  return blocks.map((block) => {
    if (block.type !== 'text') return block;
    const text = block.text.slice(0, left);
    left -= text.length;
    return text === block.text ? block : { ...block, text };
  });
}

/** A text that is another now stands where the first one stood, without citations: they are not about it. */
function replaceText(blocks: readonly Block[], text: string): readonly Block[] {
  const replacement: Block = { type: 'text', text, citations: null };
  const first = blocks.findIndex(({ type }) => type === 'text' || type === 'tool_use');
  const position = first < 0 ? blocks.length : first;
  const isOther = ({ type }: Block): boolean => type !== 'text';
  return [...blocks.slice(0, position), replacement, ...blocks.slice(position).filter(isOther)];
}
