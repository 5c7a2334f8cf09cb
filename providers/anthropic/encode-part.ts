import type Anthropic from '@anthropic-ai/sdk';
import type {
  CacheControl,
  DocumentPart,
  ImagePart,
  Part,
  ThinkingPart,
  ToolCallPart,
} from '../../lib/index.ts';
import { fromBase64, toBase64 } from '../../lib/base64.ts';
import { withDataOfUrl } from '../../lib/data-url.ts';
import { encodeCacheControl } from './cache-control.ts';
import { encodeToolResult } from './tool-result.ts';
import { objectOf } from './tool-use.ts';
import { unsupported } from '../../lib/unsupported.ts';

type WirePart = Anthropic.ContentBlockParam;

/**
 * A part of a message as a block of the API; none where it says nothing. Anthropic's own blocks go
 * through untouched: those that share a type with a common part have a field the common part lacks.
 *
 * Thinking in common terms is left out: without the signature the API refuses it. `messageParam` of a
 * response has both. A part that says nothing takes its mark for the cache with it.
 */
export function encodePart(part: Part | WirePart): readonly WirePart[] {
  if (!isMarked(part)) return encodeBlock(part);
  const { cacheControl, ...unmarked } = part;
  const mark = encodeCacheControl(cacheControl);
  return encodeBlock(unmarked as Part).map((block) => ({ ...mark, ...block }));
}

const isMarked = (
  part: Part | WirePart,
): part is Extract<Part, { readonly cacheControl?: CacheControl }> => 'cacheControl' in part;

function encodeBlock(part: Part | WirePart): readonly WirePart[] {
  switch (part.type) {
    case 'text':
      // The API refuses texts of white space only.
      return part.text.trim() === '' ? [] : [part];
    case 'thinking':
      return isCommonThinking(part) ? [] : [part];
    case 'tool_call':
      return [encodeToolCall(part)];
    case 'tool_result':
      return ['tool_use_id' in part ? part : encodeToolResult(part)];
    case 'image':
      return ['source' in part ? part : { type: 'image', source: imageSource(part) }];
    case 'document':
      return ['source' in part ? part : encodeDocument(part)];
    case 'audio':
      throw unsupported('anthropic', 'audio', 'send a transcript');
    default:
      return [part];
  }
}

const isCommonThinking = (part: ThinkingPart | WirePart): part is ThinkingPart => 'text' in part;

const encodeToolCall = ({ id, name, args }: ToolCallPart): WirePart => ({
  type: 'tool_use',
  id,
  name,
  input: objectOf(args),
});

const base64Of = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : toBase64(data);

function imageSource(part: ImagePart): Anthropic.ImageBlockParam['source'] {
  const { url, data, mediaType = 'image/png' } = withDataOfUrl(part);
  if (data === undefined) return { type: 'url', url };
  // Which types it takes, the API knows best.
  const media_type = mediaType as Anthropic.Base64ImageSource['media_type'];
  return { type: 'base64', media_type, data: base64Of(data) };
}

function encodeDocument(part: DocumentPart): Anthropic.DocumentBlockParam {
  const source = documentSource(part);
  return { type: 'document', source, ...(part.name !== undefined && { title: part.name }) };
}

/** The API takes PDF, by data or by URL, and plain text, by data. */
function documentSource(part: DocumentPart): Anthropic.DocumentBlockParam['source'] {
  const { url, data, mediaType = 'application/pdf' } = withDataOfUrl(part);
  if (data === undefined) return { type: 'url', url };
  if (mediaType === 'application/pdf') {
    return { type: 'base64', media_type: mediaType, data: base64Of(data) };
  }
  if (mediaType.startsWith('text/')) {
    const bytes = typeof data === 'string' ? fromBase64(data) : data;
    return { type: 'text', media_type: 'text/plain', data: new TextDecoder().decode(bytes) };
  }
  throw unsupported('anthropic', `documents of type ${mediaType}`, 'use PDF or text');
}
