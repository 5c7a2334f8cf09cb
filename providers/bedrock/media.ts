import type {
  AudioFormat,
  ContentBlock,
  DocumentFormat,
  ImageFormat,
  ImageSource,
} from '@aws-sdk/client-bedrock-runtime';
import type { AudioPart, DocumentPart, ImagePart } from '../../lib/index.ts';
import { fromBase64 } from '../../lib/base64.ts';
import { withDataOfUrl } from '../../lib/data-url.ts';
import { unsupported } from '../../lib/unsupported.ts';

/**
 * An image, sound or document as a block. Taken as data, which may stand in a `data:` URL, or by the `s3://` URI
 * of where it lies.
 */
export function encodeMedia(
  provider: string,
  given: ImagePart | AudioPart | DocumentPart,
): ContentBlock {
  const part = withDataOfUrl(given);
  const source = sourceOf(provider, part);
  switch (part.type) {
    case 'image':
      return { image: { format: formatOf(provider, part, 'image/png', imageFormats), source } };
    case 'audio':
      return { audio: { format: formatOf(provider, part, 'audio/wav', audioFormats), source } };
    case 'document': {
      const format = formatOf(provider, part, 'application/pdf', documentFormats);
      return { document: { format, name: documentName(part.name), source } };
    }
  }
}

type MediaPart = ImagePart | AudioPart | DocumentPart;

/** The sources of images, sounds and documents have these two forms in common. */
type Source = Exclude<ImageSource, ImageSource.$UnknownMember>;

function sourceOf(provider: string, { type, data, url }: MediaPart): Source {
  if (data !== undefined) return { bytes: typeof data === 'string' ? fromBase64(data) : data };
  if (url.startsWith('s3://')) return { s3Location: { uri: url } };
  throw unsupported(provider, `the URL of this ${type}`, 'give its data or an s3:// URI');
}

function formatOf<Format extends string>(
  provider: string,
  { type, mediaType }: MediaPart,
  defaultType: string,
  formats: Readonly<Record<string, Format>>,
): Format {
  // What follows a semicolon is a parameter: `text/plain; charset=utf-8`.
  const [name = defaultType] = (mediaType ?? defaultType).split(';');
  const format = formats[name.trim().toLowerCase()];
  if (format !== undefined) return format;
  const known = [...new Set(Object.values(formats))].join(', ');
  throw unsupported(provider, `${type} of type ${String(mediaType)}`, `use one of ${known}`);
}

const imageFormats: Readonly<Record<string, ImageFormat>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

const audioFormats: Readonly<Record<string, AudioFormat>> = {
  'audio/wav': 'wav',
  'audio/wave': 'wav',
  'audio/x-wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/aac': 'aac',
  'audio/x-aac': 'x-aac',
  'audio/flac': 'flac',
  'audio/mp4': 'mp4',
  'audio/m4a': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/pcm': 'pcm',
  'audio/webm': 'webm',
  'audio/x-matroska': 'mka',
};

const documentFormats: Readonly<Record<string, DocumentFormat>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/html': 'html',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/**
 * `document.name` takes letters, digits, single blanks, hyphens, brackets and parentheses; the dot of a
 * file name is refused, and its ending is what `format` says.
 */
function documentName(name = 'document'): string {
  const clean = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^a-z0-9\-()[\]]+/gi, ' ')
    .trim();
  return clean || 'document';
}
