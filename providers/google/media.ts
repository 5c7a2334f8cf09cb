import type { Part } from '@google/genai';
import type { AudioPart, DocumentPart, ImagePart } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { withDataOfUrl } from '../../lib/data-url.ts';

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
export function encodeMedia(part: ImagePart | AudioPart | DocumentPart): Part {
  const { type, data, url, mediaType } = withDataOfUrl(part);
  if (data !== undefined) {
    const base64 = typeof data === 'string' ? data : toBase64(data);
    return { inlineData: { mimeType: mediaType ?? defaultTypes[type], data: base64 } };
  }
  return { fileData: { fileUri: url, ...(mediaType && { mimeType: mediaType }) } };
}
