import { describe, expect, it } from '@jest/globals';
import type { AudioPart, DocumentPart, ImagePart } from 'rx-llm';
import { encodeMedia } from '../../../providers/google/media.ts';

const bytes = Uint8Array.of(0, 1, 254, 255);
const data = 'AAH+/w==';

describe('encodeMedia', () => {
  const parts: readonly (readonly [string, ImagePart | AudioPart | DocumentPart, object])[] = [
    [
      'an image by bytes',
      { type: 'image', data: bytes },
      { inlineData: { mimeType: 'image/png', data } },
    ],
    [
      'an image by base64, with its type',
      { type: 'image', data, mediaType: 'image/webp', detail: 'low' },
      { inlineData: { mimeType: 'image/webp', data } },
    ],
    [
      'audio by bytes',
      { type: 'audio', data: bytes },
      { inlineData: { mimeType: 'audio/wav', data } },
    ],
    [
      'a document by bytes',
      { type: 'document', data: bytes, name: 'a.pdf' },
      { inlineData: { mimeType: 'application/pdf', data } },
    ],
    [
      'an image by URL',
      { type: 'image', url: 'https://x.test/a.png' },
      { fileData: { fileUri: 'https://x.test/a.png' } },
    ],
    [
      'audio in a bucket',
      { type: 'audio', url: 'gs://b/a.mp3', mediaType: 'audio/mpeg' },
      { fileData: { fileUri: 'gs://b/a.mp3', mimeType: 'audio/mpeg' } },
    ],
    [
      'an image by data URL',
      { type: 'image', url: `data:image/jpeg;base64,${data}` },
      { inlineData: { mimeType: 'image/jpeg', data } },
    ],
  ];
  it.each(parts)('should translate %s', (_name, part, expected) => {
    expect(encodeMedia(part)).toStrictEqual(expected);
  });
});
