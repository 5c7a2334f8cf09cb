/**
 * What files of a type begin with, by the position it stands at.
 *
 * @see https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern (images, WAV, MP3 with a tag, Ogg,
 * PDF), RFC 9639, section 8 (FLAC); MP3 without a tag begins with a frame of MPEG layer III
 */
const signatures: readonly (readonly [mediaType: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBPVP'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/mpeg', 0, '\xff\xfa'],
  ['audio/mpeg', 0, '\xff\xfb'],
  ['audio/mpeg', 0, '\xff\xf2'],
  ['audio/mpeg', 0, '\xff\xf3'],
  ['audio/ogg', 0, 'OggS\0'],
  ['audio/flac', 0, 'fLaC'],
  ['application/pdf', 0, '%PDF-'],
];

/** As far as a signature reaches. */
const headLength = 16;

/** The MIME type of a file by how it begins, `null` when that says nothing. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, headLength));
  const found = signatures.find(([, offset, begin]) => head.startsWith(begin, offset));
  return found?.[0] ?? null;
}
