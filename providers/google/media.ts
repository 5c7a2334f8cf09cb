import type { Part } from '@google/genai';
import type { AudioPart, DocumentPart, ImagePart } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';

const defaultTypes = {
  image: 'image/png',
  audio: 'audio/wav',
  document: 'application/pdf',
} as const;

/**
 * An image, sound or document as a part: its data, or where it lies: a file that was uploaded, `gs://`
 * (which wants a `mediaType`), a public URL, a YouTube video. How closely to look is said for the whole
 * request (`mediaResolution`), and names are for people.
 */
export function encodeMedia({
  type,
  data,
  url,
  mediaType,
}: ImagePart | AudioPart | DocumentPart): Part {
  if (data !== undefined) {
    const base64 = typeof data === 'string' ? data : toBase64(data);
    return { inlineData: { mimeType: mediaType ?? defaultTypes[type], data: base64 } };
  }
  const [, inline, base64] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  if (inline !== undefined && base64 !== undefined) {
    return { inlineData: { mimeType: mediaType ?? inline, data: base64 } };
  }
  return { fileData: { fileUri: url, ...(mediaType && { mimeType: mediaType }) } };
}
