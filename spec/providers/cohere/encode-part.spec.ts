import { describe, expect, it } from '@jest/globals';
import { encodePart } from '../../../providers/cohere/encode-part.ts';

describe('encodePart', () => {
  it('should give texts and Cohere’s own parts untouched', () => {
    for (const part of [
      { type: 'text', text: 'Hi' },
      { type: 'image_url', imageUrl: { url: 'https://h/i.png', detail: 'low' } },
      { type: 'new_kind', a: 1 },
    ]) {
      expect(encodePart(part as never)).toBe(part);
    }
  });

  it('should give an image by its URL or as one made of its data', () => {
    expect(encodePart({ type: 'image', url: 'https://h/i.png', detail: 'high' })).toEqual({
      type: 'image_url',
      imageUrl: { url: 'https://h/i.png', detail: 'high' },
    });
    expect(encodePart({ type: 'image', data: Uint8Array.of(1, 2, 3) })).toEqual({
      type: 'image_url',
      imageUrl: { url: 'data:image/png;base64,AQID' },
    });
    expect(encodePart({ type: 'image', data: 'AQID', mediaType: 'image/webp' })).toEqual({
      type: 'image_url',
      imageUrl: { url: 'data:image/webp;base64,AQID' },
    });
  });

  it('should send nothing of a part that says it is no place to cache up to', () => {
    expect(encodePart({ type: 'text', text: 'Hi', cacheControl: false })).toStrictEqual({
      type: 'text',
      text: 'Hi',
    });
  });

  it.each([
    ['audio', 'transcript'],
    ['document', 'callParams.documents'],
  ] as const)('should refuse %s and say what to do instead', (type, advice) => {
    const encode = () => encodePart({ type, url: 'https://h/x' });
    expect(encode).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'cohere' }));
    expect(encode).toThrow(advice);
  });
});
