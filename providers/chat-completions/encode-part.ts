import type { CacheControl, Part } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { isPart, type PartOf } from '../../lib/part.ts';
import { cacheMark } from './cache-mark.ts';
import type { Dialect } from './dialect.ts';
import { documentName } from './document-name.ts';
import { unsupported } from '../../lib/unsupported.ts';

/** A part of a message. One in common terms is translated, the wire's own goes through. */
export function encodePart(dialect: Dialect, part: Part | object): object {
  const { cacheControl, ...content } = part as { readonly cacheControl?: CacheControl };
  return { ...encodeContent(dialect, content), ...cacheMark(dialect, cacheControl) };
}

/** Groq's own parts have a `document` as well: what tells ours is its data or URL. */
function encodeContent(dialect: Dialect, part: object): object {
  if (!isPart(part, ['image', 'audio', 'document'])) return part;
  switch (part.type) {
    case 'image': {
      const { detail } = part;
      const url = urlOf(part, 'image/png');
      return { type: 'image_url', image_url: { url, ...(detail && { detail }) } };
    }
    case 'audio':
      return { type: 'input_audio', input_audio: inputAudio(dialect, part) };
    case 'document':
      return { type: 'file', file: file(dialect, part) };
  }
}

type MediaPart = PartOf<'image' | 'audio' | 'document'>;

const base64Of = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : toBase64(data);

const urlOf = ({ url, data, mediaType }: MediaPart, defaultType: string): string =>
  data === undefined ? url : `data:${mediaType ?? defaultType};base64,${base64Of(data)}`;

/** A media type without its parameters. */
const essenceOf = (mediaType: string): string =>
  (mediaType.toLowerCase().split(';')[0] ?? '').trim();

/** How the wire names the formats of sound it takes. */
const audioFormats: ReadonlyMap<string, 'wav' | 'mp3'> = new Map([
  ['audio/wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
]);

/** The wire takes sound as data only. */
function inputAudio({ name, audio }: Dialect, part: PartOf<'audio'>): object {
  const { data, mediaType = 'audio/wav' } = part;
  if (!audio) throw unsupported(name, 'audio', 'send what is said as text');
  if (data === undefined) throw unsupported(name, 'audio by URL', 'give its data');
  const format = audioFormats.get(essenceOf(mediaType));
  if (format === undefined) throw unsupported(name, `audio of type ${mediaType}`, 'use WAV or MP3');
  return { data: base64Of(data), format };
}

function file({ name, documents, documentUrls }: Dialect, part: PartOf<'document'>): object {
  const { url, data, mediaType = 'application/pdf' } = part;
  const essence = essenceOf(mediaType);
  if (documents === 'none') throw unsupported(name, 'documents', 'send what they say as text');
  if (documents === 'pdf' && essence !== 'application/pdf')
    throw unsupported(name, 'documents other than PDF', 'send what they say as text');
  if (data === undefined) {
    if (!documentUrls) throw unsupported(name, 'documents by URL', 'give their data');
    return { file_id: url };
  }
  const filename = part.name ?? documentName(essence);
  return { filename, file_data: urlOf(part, 'application/pdf') };
}
