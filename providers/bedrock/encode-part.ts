import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Part, ToolCallPart } from '../../lib/index.ts';
import { encodeCachePoint } from './cache-point.ts';
import { encodeMedia } from './media.ts';
import { sendableInput } from './tool-input.ts';
import { encodeToolResult } from './tool-result.ts';

/** The provider's own blocks have no `type`: their one field says what they are. */
export const isPart = (part: Part | ContentBlock): part is Part => 'type' in part;

/**
 * A part of a message as a block, and behind it the mark for the cache; neither where it says nothing, for
 * a mark with nothing before it is refused.
 */
export function encodePart(provider: string, part: Part): readonly ContentBlock[] {
  const blocks = encodeBlock(provider, part);
  const cacheControl = 'cacheControl' in part ? part.cacheControl : undefined;
  return blocks.length === 0 ? blocks : [...blocks, ...encodeCachePoint(cacheControl)];
}

function encodeBlock(provider: string, part: Part): readonly ContentBlock[] {
  switch (part.type) {
    case 'text':
      // A text of white space only is refused.
      return part.text.trim() === '' ? [] : [{ text: part.text }];
    case 'thinking':
      // Left out: without the signature of the model, which common terms do not have, it is refused.
      return [];
    case 'tool_call':
      return [encodeToolCall(part)];
    case 'tool_result':
      return [encodeToolResult(part)];
    case 'image':
    case 'audio':
    case 'document':
      return [encodeMedia(provider, part)];
  }
}

const encodeToolCall = ({ id, name, args }: ToolCallPart): ContentBlock => ({
  toolUse: { toolUseId: id, name, input: sendableInput(args) },
});
