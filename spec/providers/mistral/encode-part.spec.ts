import { describe, expect, it } from '@jest/globals';
import type { ContentChunk } from '@mistralai/mistralai/models/components';
import type { Part } from 'rx-llm';
import { encodePart } from '../../../providers/mistral/encode-part.ts';

const bytes = new Uint8Array([1, 2, 3]);

describe('encodePart', () => {
  it.each<[Part, ContentChunk]>([
    [
      { type: 'text', text: 'Hi' },
      { type: 'text', text: 'Hi' },
    ],
    [
      { type: 'image', url: 'https://a/b.png' },
      { type: 'image_url', imageUrl: 'https://a/b.png' },
    ],
    [
      { type: 'image', data: bytes },
      { type: 'image_url', imageUrl: 'data:image/png;base64,AQID' },
    ],
    [
      { type: 'image', data: 'AQID', mediaType: 'image/jpeg', detail: 'low' },
      { type: 'image_url', imageUrl: { url: 'data:image/jpeg;base64,AQID', detail: 'low' } },
    ],
    [
      { type: 'audio', data: bytes },
      { type: 'input_audio', inputAudio: 'AQID' },
    ],
    [
      { type: 'audio', url: 'https://a/b.mp3' },
      { type: 'input_audio', inputAudio: 'https://a/b.mp3' },
    ],
    [
      { type: 'document', url: 'https://a/b.pdf' },
      { type: 'document_url', documentUrl: 'https://a/b.pdf' },
    ],
    [
      { type: 'document', data: bytes, name: 'b.pdf' },
      {
        type: 'document_url',
        documentUrl: 'data:application/pdf;base64,AQID',
        documentName: 'b.pdf',
      },
    ],
    [
      { type: 'thinking', text: 'Hm' },
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
    ],
  ])('should translate %j', (part, expected) => {
    expect(encodePart(part)).toEqual(expected);
  });

  it('should send nothing of a part that says it is no place to cache up to', () => {
    const none = { cacheControl: false } as const;
    expect(encodePart({ type: 'text', text: 'Hi', ...none })).toStrictEqual({
      type: 'text',
      text: 'Hi',
    });
    expect(encodePart({ type: 'audio', data: 'AQID', ...none })).toStrictEqual({
      type: 'input_audio',
      inputAudio: 'AQID',
    });
  });

  it.each<ContentChunk>([
    { type: 'image_url', imageUrl: 'https://a' },
    { type: 'file', fileId: 'f' },
    { type: 'reference', referenceIds: [1] },
    { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], signature: 's' },
  ])('should leave %j as it is', (part) => {
    expect(encodePart(part)).toBe(part);
  });
});
