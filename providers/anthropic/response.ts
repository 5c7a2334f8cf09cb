import { fold, type Fold } from '../../lib/index.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { mergeOwnUsage } from '../../lib/usage.ts';
import { inputOf } from './tool-use.ts';
import type { AnthropicWire, MessageEvent } from './wire.ts';

/**
 * Rebuilds the message from its events, every block in its place. What this library does not know is
 * kept: blocks as they start, their unknown pieces by field, and whatever else the message's own events
 * bring. The input of a tool is parsed; where it was cut off or is not JSON, it is the text that came.
 */
export const message: Fold<MessageEvent, AnthropicWire['response']> = fold<
  Assembly,
  MessageEvent,
  AnthropicWire['response']
>({ fields: {}, usage: null, opened: 0, open: [], closed: null }, addEvent, finished);

interface Fields {
  readonly [name: string]: unknown;
}

interface Assembly {
  /** Everything of the message but what follows. */
  readonly fields: Fields;
  readonly usage: AnthropicWire['usage'] | null;
  /** How many blocks have begun. */
  readonly opened: number;
  /** The blocks that may still grow: one at a time at Anthropic. */
  readonly open: readonly Block[];
  readonly closed: Trail<Block> | null;
}

interface Block {
  /** Place in the message. Blocks may share an index when a server starts a message over. */
  readonly position: number;
  readonly index: number;
  /** The block as it started, with its texts as they grew. */
  readonly fields: Fields;
  /** The citations that came after the start. */
  readonly citations: Trail<unknown> | null;
  /** JSON text of a tool's input. */
  readonly input: string;
}

/** The events with every part optional: SDK types are promises about servers. */
interface WireEvent {
  readonly type?: string;
  readonly index?: number;
  readonly message?: Fields | null;
  readonly content_block?: Fields | null;
  readonly delta?: Fields | null;
  readonly usage?: AnthropicWire['usage'] | null;
  readonly [field: string]: unknown;
}

function addEvent(assembly: Assembly, event: MessageEvent): Assembly {
  const wireEvent = (event ?? {}) as unknown as WireEvent;
  const { index = 0 } = wireEvent;
  switch (wireEvent.type) {
    case 'message_start':
      return addToMessage(assembly, wireEvent.message ?? {});
    case 'message_delta': {
      // Beside `delta` and `usage` the event may carry fields of the message, such as `context_management`.
      const { type: _type, delta, ...fields } = wireEvent;
      return addToMessage(assembly, { ...fields, ...delta });
    }
    case 'content_block_start':
      return openBlock(assembly, index, wireEvent.content_block ?? {});
    case 'content_block_delta':
      return wireEvent.delta ? addToBlock(assembly, index, wireEvent.delta) : assembly;
    case 'content_block_stop':
      return closeBlock(assembly, index);
    default:
      return assembly;
  }
}

/** The last known value of each field. */
function addToMessage(
  assembly: Assembly,
  { content: _content, usage, ...fields }: Fields,
): Assembly {
  const known = Object.entries(fields).filter(
    ([name, value]) => (value ?? null) !== null || !(name in assembly.fields),
  );
  return {
    ...assembly,
    fields: { ...assembly.fields, ...Object.fromEntries(known) },
    usage: mergeOwnUsage(assembly.usage, usage ?? null),
  };
}

function openBlock(assembly: Assembly, index: number, fields: Fields): Assembly {
  const block: Block = { position: assembly.opened, index, fields, citations: null, input: '' };
  return { ...assembly, opened: assembly.opened + 1, open: [...assembly.open, block] };
}

function addToBlock(before: Assembly, index: number, delta: Fields): Assembly {
  const isOpen = before.open.some((block) => block.index === index);
  const assembly = isOpen ? before : openBlock(before, index, startOf(delta));
  const position = assembly.open.findLastIndex((block) => block.index === index);
  const block = assembly.open[position];
  if (block === undefined) return assembly;
  return { ...assembly, open: assembly.open.with(position, withDelta(block, delta)) };
}

/** The start of a block that began without one. */
function startOf({ type }: Fields): Fields {
  if (type === 'text_delta') return { type: 'text', text: '' };
  return type === 'thinking_delta' ? { type: 'thinking', thinking: '', signature: '' } : {};
}

function withDelta(block: Block, { type, ...pieces }: Fields): Block {
  switch (type) {
    case 'input_json_delta':
      return { ...block, input: block.input + textOf(pieces['partial_json']) };
    case 'citations_delta':
      return { ...block, citations: leave(block.citations, pieces['citation']) };
    case 'signature_delta':
      return withFields(block, { signature: pieces['signature'] });
    case 'text_delta':
      return withText(block, 'text', pieces['text']);
    case 'thinking_delta':
      return withText(block, 'thinking', pieces['thinking']);
    default:
      // For instance `compaction_delta`: what is a text grows, anything else is replaced.
      return Object.entries(pieces).reduce(
        (grown, [name, piece]) =>
          typeof piece === 'string'
            ? withText(grown, name, piece)
            : withFields(grown, { [name]: piece }),
        block,
      );
  }
}

const withFields = (block: Block, fields: Fields): Block => ({
  ...block,
  fields: { ...block.fields, ...fields },
});

const withText = (block: Block, name: string, piece: unknown): Block =>
  withFields(block, { [name]: textOf(block.fields[name]) + textOf(piece) });

const textOf = (piece: unknown): string => (typeof piece === 'string' ? piece : '');

function closeBlock(assembly: Assembly, index: number): Assembly {
  const stopped = assembly.open.filter((block) => block.index === index);
  return {
    ...assembly,
    open: assembly.open.filter((block) => block.index !== index),
    closed: stopped.reduce(leave, assembly.closed),
  };
}

/** What did not arrive stays out, except the parts without which it is no message. */
function finished({ fields, usage, open, closed }: Assembly): AnthropicWire['response'] {
  const blocks = [...walk(closed), ...open].sort((a, b) => a.position - b.position);
  const response = {
    type: 'message',
    role: 'assistant',
    stop_reason: null,
    stop_sequence: null,
    ...fields,
    content: blocks.map(finishedBlock),
    usage,
  };
  // The fields are the server's own, of whom the SDK's type is a promise.
  return response as unknown as AnthropicWire['response'];
}

function finishedBlock({ fields, citations, input }: Block): Fields {
  const cited = Array.isArray(fields['citations']) ? (fields['citations'] as unknown[]) : [];
  return {
    ...fields,
    ...(citations && { citations: [...cited, ...walk(citations)] }),
    // Without arguments the pieces are `""`, and the block keeps the `{}` it started with.
    ...(input !== '' && { input: inputOf(input) }),
  };
}
