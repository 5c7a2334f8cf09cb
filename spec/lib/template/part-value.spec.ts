import { describe, expect, it } from '@jest/globals';
import { partsOf } from '../../../lib/template/part-value.ts';

const url = 'https://example.com/cat.png';
const png = Uint8Array.from(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
const unknown = Uint8Array.of(1, 2, 3);

describe('partsOf', () => {
  it.each(['image', 'audio', 'document'] as const)('should make {x:%s} of a URL', (type) => {
    expect(partsOf(type, url)).toEqual([{ type, url }]);
    expect(partsOf(type, new URL(url))).toEqual([{ type, url }]);
    expect(partsOf(type, 'data:image/png;base64,aGk=')).toEqual([
      { type, url: 'data:image/png;base64,aGk=' },
    ]);
    expect(partsOf(type, 'gs://bucket/cat')).toEqual([{ type, url: 'gs://bucket/cat' }]);
  });

  it.each(['image', 'audio', 'document'] as const)('should make {x:%s} of bytes', (type) => {
    expect(partsOf(type, png)).toEqual([{ type, data: png, mediaType: 'image/png' }]);
    expect(partsOf(type, unknown)).toEqual([{ type, data: unknown }]);
    expect(partsOf(type, Buffer.from(unknown))?.[0]).toMatchObject({ type });
  });

  it('should leave a part as it is', () => {
    const image = { type: 'image', url, detail: 'low' } as const;
    const text = { type: 'text', text: 'Hello', cacheControl: true } as const;
    expect(partsOf('image', image)?.[0]).toBe(image);
    expect(partsOf('part', image)?.[0]).toBe(image);
    expect(partsOf('text', text)?.[0]).toBe(text);
    expect(partsOf('part', text)?.[0]).toBe(text);
  });

  it('should make text parts of whatever reads as text', () => {
    expect(partsOf('text', 'Hello')).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(partsOf('text', 5n)).toEqual([{ type: 'text', text: '5' }]);
    expect(partsOf('texts', ['Hello', 5])).toEqual([
      { type: 'text', text: 'Hello' },
      { type: 'text', text: '5' },
    ]);
  });

  it('should keep the order of a list', () => {
    const image = { type: 'image', url } as const;
    expect(partsOf('images', [url, image, png])).toEqual([
      image,
      image,
      { type: 'image', data: png, mediaType: 'image/png' },
    ]);
    const document = { type: 'document', url } as const;
    expect(partsOf('parts', [document, image])).toEqual([document, image]);
    expect(partsOf('parts', [])).toEqual([]);
  });

  it.each([
    ['image', null],
    ['image', 5],
    ['image', 'cat.png'],
    ['image', '/home/cat.png'],
    ['image', 'C:\\cat.png'],
    ['image', ''],
    ['image', [url]],
    ['image', { type: 'audio', url }],
    ['image', { type: 'image' }],
    ['image', { url }],
    ['images', url],
    ['images', [url, 5]],
    ['images', [url, [url]]],
    ['text', null],
    ['text', { type: 'thinking', text: 'Hm' }],
    ['texts', 'Hello'],
    ['part', 'Hello'],
    ['part', url],
    ['part', { type: 'tool_call', id: '1', name: 'x', args: {} }],
    ['parts', { type: 'text', text: 'Hello' }],
    ['parts', ['Hello']],
  ] as const)('should not make {x:%s} of %j', (spec, value) => {
    expect(partsOf(spec, value)).toBeNull();
  });
});
