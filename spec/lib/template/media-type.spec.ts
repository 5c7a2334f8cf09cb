import { describe, expect, it } from '@jest/globals';
import { mediaTypeOf } from '../../../lib/template/media-type.ts';

const bytesOf = (latin1: string): Uint8Array => Uint8Array.from(Buffer.from(latin1, 'latin1'));

describe('mediaTypeOf', () => {
  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['image/jpeg', '\xff\xd8\xff\xe1\0\x18Exif'],
    ['image/gif', 'GIF87a\x01\0'],
    ['image/gif', 'GIF89a\x01\0'],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['audio/wav', 'RIFF\x24\0\0\0WAVEfmt '],
    ['audio/mpeg', 'ID3\x04\0'],
    ['audio/mpeg', '\xff\xfb\x90\x64'],
    ['audio/mpeg', '\xff\xf3\x90\x64'],
    ['audio/ogg', 'OggS\0\x02'],
    ['audio/flac', 'fLaC\0\0\0\x22'],
    ['application/pdf', '%PDF-1.7\n'],
  ])('should know %s', (mediaType, begin) => {
    expect(mediaTypeOf(bytesOf(begin))).toBe(mediaType);
    expect(mediaTypeOf(bytesOf(begin + '\xff'.repeat(1000)))).toBe(mediaType);
  });

  it.each([
    ['nothing', ''],
    ['text', 'Once upon a time'],
    ['a signature cut short', '\x89PNG'],
    ['a signature further on', ' %PDF-1.7'],
    ['AAC', '\xff\xf1\x50\x80'],
    ['a container of something else', 'RIFF\x24\0\0\0AVI LIST'],
  ])('should not guess at %s', (_, begin) => {
    expect(mediaTypeOf(bytesOf(begin))).toBeNull();
  });
});
