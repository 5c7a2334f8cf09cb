import type { ContentChunk } from '@mistralai/mistralai/models/components';
import type { Part } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { unmarked } from './cache-mark.ts';

type MediaPart = Extract<Part, { type: 'image' | 'audio' | 'document' }>;

/**
 * A part in common terms as Mistral takes it; its own go through untouched. Every kind has its place in the
 * API. Whether a model can read it is the model's business: sound is for Voxtral, images are for those that
 * see, and documents are read before the model gets them.
 *
 * @see https://docs.mistral.ai/studio-api/document-processing/document_qna
 */
export function encodePart(given: Part | ContentChunk): ContentChunk {
  const part = unmarked(given);
  switch (part.type) {
    case 'image': {
      const { detail } = part;
      const url = urlOf(part, 'image/png');
      return { type: 'image_url', imageUrl: detail ? { url, detail } : url };
    }
    case 'audio':
      return { type: 'input_audio', inputAudio: soundOf(part) };
    case 'document': {
      const { name } = part;
      const documentUrl = urlOf(part, 'application/pdf');
      return { type: 'document_url', documentUrl, ...(name && { documentName: name }) };
    }
    case 'thinking':
      return 'text' in part
        ? { type: 'thinking', thinking: [{ type: 'text', text: part.text }], closed: true }
        : part;
    default:
      return part as ContentChunk;
  }
}

const base64Of = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : toBase64(data);

const urlOf = ({ url, data, mediaType }: MediaPart, defaultType: string): string =>
  data === undefined ? (url ?? '') : `data:${mediaType ?? defaultType};base64,${base64Of(data)}`;

/** Sound is base64 without a type, which the server finds out, or a URL. */
const soundOf = ({ url, data }: MediaPart): string =>
  data === undefined ? (url ?? '') : base64Of(data);
