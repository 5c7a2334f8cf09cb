import type { CommonFinishReason, Delta, ToolCallDelta } from '../../lib/index.ts';
import type { AnthropicWire, MessageEvent } from './wire.ts';
import { countTokens } from './usage.ts';

/** An event as it may be: any part may be missing, and there are types this library does not know. */
type Loose<Type extends MessageEvent['type']> = Partial<Extract<MessageEvent, { type: Type }>>;

/**
 * What one event says. Blocks of tools that the server runs itself (`server_tool_use`, results) say
 * nothing in common terms; they are in the event itself and in the rebuilt response.
 */
export function decodeEvent(event: MessageEvent): Delta<AnthropicWire> {
  switch (event?.type) {
    case 'message_start':
      return decodeMessageStart(event);
    case 'content_block_start':
      return decodeBlockStart(event);
    case 'content_block_delta':
      return decodeBlockDelta(event);
    case 'content_block_stop':
      return { endedToolCalls: [event.index] };
    case 'message_delta':
      return decodeMessageDelta(event);
    case 'message_stop':
      return { end: 'now' };
    default:
      return {};
  }
}

function decodeMessageStart({ message }: Loose<'message_start'>): Delta<AnthropicWire> {
  return {
    id: message?.id || null,
    model: message?.model || null,
    ...usageOf(message?.usage),
  };
}

/** Blocks start empty at Anthropic; servers that imitate it may put the beginning there, or all. */
function decodeBlockStart({
  index,
  content_block: block,
}: Loose<'content_block_start'>): Delta<AnthropicWire> {
  switch (block?.type) {
    case 'text':
      return { content: block.text ?? '' };
    case 'thinking':
      return { thinking: block.thinking ?? '' };
    case 'tool_use':
      return { toolCalls: [openedCall(index, block)] };
    default:
      return {};
  }
}

/** What else is in the block, such as `caller`, belongs to the call and goes back with it. */
function openedCall(
  index: number | undefined,
  { type: _type, id, name, input, ...extra }: ToolUseBlock,
): ToolCallDelta {
  return {
    index: index ?? null,
    id: id ?? null,
    name: name ?? null,
    arguments: isEmpty(input) ? '' : JSON.stringify(input),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

type ToolUseBlock = Extract<
  Extract<MessageEvent, { type: 'content_block_start' }>['content_block'],
  { type: 'tool_use' }
>;

/** `input` starts as `{}` and arrives in pieces, except where a server gives it whole at the start. */
const isEmpty = (input: unknown): boolean =>
  typeof input !== 'object' || input === null || Object.keys(input).length === 0;

function decodeBlockDelta({ index, delta }: Loose<'content_block_delta'>): Delta<AnthropicWire> {
  switch (delta?.type) {
    case 'text_delta':
      return { content: delta.text ?? '' };
    case 'thinking_delta':
      return { thinking: delta.thinking ?? '' };
    case 'input_json_delta':
      return { toolCalls: [continuedCall(index, delta.partial_json)] };
    default:
      return {};
  }
}

/** Only `content_block_start` tells whose arguments these are: a tool's here, or one of the server's. */
const continuedCall = (index: number | undefined, piece: string | undefined): ToolCallDelta => ({
  index: index ?? null,
  id: null,
  name: null,
  arguments: piece ?? '',
  continues: true,
});

function decodeMessageDelta({ delta, usage }: Loose<'message_delta'>): Delta<AnthropicWire> {
  return {
    refusal: delta?.stop_details?.explanation ?? null,
    finishReasons: delta?.stop_reason ? [delta.stop_reason] : null,
    ...usageOf(usage),
  };
}

const usageOf = (
  usage: AnthropicWire['usage'] | null | undefined,
): Pick<Delta<AnthropicWire>, 'usage' | 'commonUsage'> =>
  usage ? { usage, commonUsage: countTokens(usage) } : {};

const finishReasons: ReadonlyMap<string, CommonFinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
  // `pause_turn`: the turn goes on when the message is sent back as it is. Not an end in common terms.
]);

/** Anthropic's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons.get(reason) ?? 'other';
