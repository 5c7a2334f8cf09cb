import type {
  CitationsDelta,
  ContentBlock,
  ContentBlockDelta,
  ContentBlockStart,
  ConverseStreamMetadataEvent,
  ConverseStreamOutput,
  ImageBlockDelta,
  MessageStartEvent,
  MessageStopEvent,
  ToolResultBlockDelta,
} from '@aws-sdk/client-bedrock-runtime';
import { fold, idOf, type Fold, type ToolCall } from '../../lib/index.ts';
import { joinBytes } from '../../lib/join-bytes.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { receivedInput } from './tool-input.ts';
import type { BedrockWire } from './wire.ts';

/**
 * Rebuilds the response of Converse from the events of ConverseStream. Everything the SDK hands out is
 * kept, in the order of the blocks; what the SDK does not know it drops before anybody can see it.
 */
export const converseResponse: Fold<ConverseStreamOutput, BedrockWire['response']> = fold<
  Assembly,
  ConverseStreamOutput,
  BedrockWire['response']
>({ start: null, open: [], closed: null, stop: null, metadata: null }, addEvent, finished);

interface Assembly {
  readonly start: MessageStartEvent | null;
  /** Blocks that may still grow: as a rule one. */
  readonly open: readonly Block[];
  readonly closed: Trail<Block> | null;
  readonly stop: MessageStopEvent | null;
  readonly metadata: ConverseStreamMetadataEvent | null;
}

interface Block {
  readonly index: number;
  readonly start: ContentBlockStart | null;
  readonly text: string | null;
  readonly input: string;
  readonly reasoning: string | null;
  readonly signature: string | null;
  readonly redacted: Trail<Uint8Array> | null;
  readonly citations: Trail<CitationsDelta> | null;
  readonly results: Trail<readonly ToolResultBlockDelta[]> | null;
  readonly images: Trail<ImageBlockDelta> | null;
  /** Pieces of kinds this library does not know. */
  readonly others: Trail<ContentBlockDelta> | null;
}

function addEvent(assembly: Assembly, event: ConverseStreamOutput): Assembly {
  const { contentBlockStart, contentBlockDelta, contentBlockStop } = event ?? {};
  if (contentBlockDelta?.delta !== undefined) {
    return addDelta(assembly, contentBlockDelta.contentBlockIndex ?? 0, contentBlockDelta.delta);
  }
  if (contentBlockStart !== undefined) {
    const { contentBlockIndex = 0, start = null } = contentBlockStart;
    return { ...assembly, open: [...assembly.open, { ...newBlock(contentBlockIndex), start }] };
  }
  if (contentBlockStop !== undefined) return closeBlock(assembly, contentBlockStop);
  const { messageStart, messageStop, metadata } = event ?? {};
  return {
    ...assembly,
    ...(messageStart && { start: messageStart }),
    ...(messageStop && { stop: messageStop }),
    ...(metadata && { metadata: { ...assembly.metadata, ...metadata } }),
  };
}

function addDelta(assembly: Assembly, index: number, delta: ContentBlockDelta): Assembly {
  const { open } = assembly;
  const position = open.findLastIndex((block) => block.index === index);
  const block = addToBlock(open[position] ?? newBlock(index), delta);
  return { ...assembly, open: position === -1 ? [...open, block] : open.with(position, block) };
}

function closeBlock(
  assembly: Assembly,
  { contentBlockIndex = 0 }: { readonly contentBlockIndex: number | undefined },
): Assembly {
  const { open } = assembly;
  const position = open.findLastIndex(({ index }) => index === contentBlockIndex);
  const block = open[position];
  if (block === undefined) return assembly;
  return {
    ...assembly,
    open: open.toSpliced(position, 1),
    closed: leave(assembly.closed, block),
  };
}

const newBlock = (index: number): Block => ({
  index,
  start: null,
  text: null,
  input: '',
  reasoning: null,
  signature: null,
  redacted: null,
  citations: null,
  results: null,
  images: null,
  others: null,
});

function addToBlock(block: Block, delta: ContentBlockDelta): Block {
  const { text, toolUse, reasoningContent, citation, toolResult, image } = delta;
  if (text !== undefined) return { ...block, text: (block.text ?? '') + text };
  if (toolUse !== undefined) return { ...block, input: block.input + (toolUse.input ?? '') };
  if (citation !== undefined) return { ...block, citations: leave(block.citations, citation) };
  if (toolResult !== undefined) return { ...block, results: leave(block.results, toolResult) };
  if (image !== undefined) return { ...block, images: leave(block.images, image) };
  const { text: reasoning, signature, redactedContent } = reasoningContent ?? {};
  if (reasoning !== undefined) {
    return { ...block, reasoning: (block.reasoning ?? '') + reasoning };
  }
  if (signature !== undefined) {
    return { ...block, signature: (block.signature ?? '') + signature };
  }
  if (redactedContent !== undefined) {
    return { ...block, redacted: leave(block.redacted, redactedContent) };
  }
  return { ...block, others: leave(block.others, delta) };
}

/** What did not arrive stays `undefined`, as the SDK's type has it. */
function finished({ start, open, closed, stop, metadata }: Assembly): BedrockWire['response'] {
  const blocks = [...walk(closed), ...open].toSorted((a, b) => a.index - b.index);
  return {
    output: {
      message: { role: start?.role ?? 'assistant', content: blocks.flatMap(finishedBlock) },
    },
    stopReason: undefined,
    usage: undefined,
    metrics: undefined,
    ...stop,
    ...metadata,
  };
}

/** A block as Converse has it; more than one only where pieces of several kinds share an index. */
function finishedBlock(block: Block): readonly ContentBlock[] {
  return [
    ...reasoningOf(block),
    ...textOf(block),
    ...startedOf(block),
    // A piece of a kind the SDK does not know is `$unknown`, which its blocks have as well.
    ...walk(block.others).map((delta) => delta as ContentBlock),
  ];
}

function reasoningOf({ reasoning, signature, redacted }: Block): readonly ContentBlock[] {
  const blocks: ContentBlock[] = [];
  // A model may sign a block whose text it does not show.
  if (reasoning !== null || signature !== null) {
    const reasoningText = { text: reasoning ?? '', ...(signature !== null && { signature }) };
    blocks.push({ reasoningContent: { reasoningText } });
  }
  if (redacted !== null) {
    blocks.push({ reasoningContent: { redactedContent: joinBytes(walk(redacted)) } });
  }
  return blocks;
}

function textOf({ text, citations }: Block): readonly ContentBlock[] {
  if (citations !== null) {
    return [
      {
        citationsContent: {
          content: text === null ? [] : [{ text }],
          citations: walk(citations).map(({ sourceContent, ...citation }) => ({
            ...citation,
            ...(sourceContent && {
              sourceContent: sourceContent.map(({ text: source = '' }) => ({ text: source })),
            }),
          })),
        },
      },
    ];
  }
  return text === null ? [] : [{ text }];
}

/** Blocks that were opened by a `contentBlockStart`. */
function startedOf({ start, input, results, images }: Block): readonly ContentBlock[] {
  if (start === null) return [];
  const { toolUse, toolResult, image } = start;
  if (toolUse !== undefined) return [{ toolUse: { ...toolUse, input: receivedInput(input) } }];
  if (toolResult !== undefined) {
    return [{ toolResult: { ...toolResult, content: joinedResults(walk(results).flat()) } }];
  }
  if (image !== undefined) return [{ image: { ...image, ...joinedImage(walk(images)) } }];
  return [start];
}

type ToolResultContent = NonNullable<NonNullable<ContentBlock['toolResult']>['content']>;

/** Texts that follow each other are pieces of one. */
function joinedResults(pieces: readonly ToolResultBlockDelta[]): ToolResultContent {
  const content: ToolResultContent = [];
  for (const piece of pieces) {
    const before = content.at(-1);
    if (piece.text !== undefined && before?.text !== undefined) {
      content[content.length - 1] = { text: before.text + piece.text };
    } else {
      content.push(piece);
    }
  }
  return content;
}

function joinedImage(
  pieces: readonly ImageBlockDelta[],
): Omit<NonNullable<ContentBlock['image']>, 'format'> {
  const bytes = pieces.map(({ source }) => source?.bytes).filter((data) => data !== undefined);
  const { source, ...rest } = Object.assign({}, ...pieces) as ImageBlockDelta;
  return { ...rest, source: bytes.length > 0 ? { bytes: joinBytes(bytes) } : source };
}

/** A tool call as it stands in the message of a response. */
export const toolCallOf = (call: ToolCall): BedrockWire['toolCall'] => ({
  ...call.extra,
  toolUseId: idOf(call),
  name: call.name,
  input: receivedInput(call.arguments),
});
