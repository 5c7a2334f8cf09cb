import { joinBytes } from './join-bytes.ts';
import type { AudioPart, DocumentPart, ImagePart } from './message.ts';

/**
 * A part whose URL holds the data itself (`data:image/png;base64,…`) as one with that data; every other part
 * as it is. The type is the part's own, or else the URL's without its parameters.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2397
 */
export function withDataOfUrl<P extends MediaPart>(
  part: P,
): Extract<MediaPart, { readonly type: P['type'] }> {
  type Same = Extract<MediaPart, { readonly type: P['type'] }>;
  const { url, ...rest } = part;
  const comma = url?.indexOf(',') ?? -1;
  if (url === undefined || comma < 0 || !/^data:/i.test(url)) return part as unknown as Same;
  const [ownType, ...parameters] = url.slice('data:'.length, comma).split(';');
  const mediaType = part.mediaType ?? ownType?.trim();
  return {
    ...rest,
    data: dataOf(url.slice(comma + 1), parameters.some(isBase64)),
    ...(mediaType && { mediaType }),
  } as unknown as Same;
}

type MediaPart = ImagePart | AudioPart | DocumentPart;

const isBase64 = (parameter: string): boolean => parameter.trim().toLowerCase() === 'base64';

/** Base64 may be escaped as well: `%3D` for `=`. */
function dataOf(text: string, base64: boolean): Uint8Array | string {
  if (base64 && !text.includes('%')) return text;
  const bytes = unescaped(text);
  return base64 ? new TextDecoder().decode(bytes) : bytes;
}

/** The bytes of a text in which some stand as `%` and two hexadecimal digits. */
function unescaped(text: string): Uint8Array {
  const encoder = new TextEncoder();
  return joinBytes(
    text
      .split(/%([0-9a-f]{2})/i)
      .map((piece, position) =>
        position % 2 === 0 ? encoder.encode(piece) : Uint8Array.of(Number.parseInt(piece, 16)),
      ),
  );
}
