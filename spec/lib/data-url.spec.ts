import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withDataOfUrl } from '../../lib/data-url.ts';
import type { AudioPart, DocumentPart, ImagePart } from '../../lib/message.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('withDataOfUrl', () => {
  it.each<[string, Pick<ImagePart, 'data' | 'mediaType'>]>([
    ['data:image/webp;base64,AQID', { data: 'AQID', mediaType: 'image/webp' }],
    ['DATA:image/webp;BASE64,AQID', { data: 'AQID', mediaType: 'image/webp' }],
    ['data:;base64,AQID', { data: 'AQID' }],
    ['data:text/plain;charset=utf-8;base64,SGk=', { data: 'SGk=', mediaType: 'text/plain' }],
    ['data:text/plain;base64,SGk%3d', { data: 'SGk=', mediaType: 'text/plain' }],
    ['data:text/plain,a%20b,%2c', { data: utf8('a b,,'), mediaType: 'text/plain' }],
    ['data:text/plain,Gr%C3%BCße%', { data: utf8('Grüße%'), mediaType: 'text/plain' }],
    ['data:,', { data: new Uint8Array() }],
  ])('should read %s', (url, read) => {
    expect(withDataOfUrl({ type: 'image', url })).toStrictEqual({ type: 'image', ...read });
  });

  it('should keep what else the part has; its own type goes first', () => {
    const part: DocumentPart = {
      type: 'document',
      url: 'data:text/plain;base64,SGk=',
      mediaType: 'text/markdown',
      name: 'a.md',
      cacheControl: true,
    };
    const { url: _url, ...rest } = part;
    expect(withDataOfUrl(part)).toStrictEqual({ ...rest, data: 'SGk=' });
  });

  it.each<ImagePart | AudioPart | DocumentPart>([
    { type: 'image', data: 'data:,' },
    { type: 'audio', data: new Uint8Array([1]), mediaType: 'audio/wav' },
    { type: 'image', url: 'https://example.com/data:,a.png' },
    { type: 'document', url: 's3://bucket/a,b.pdf' },
    { type: 'image', url: 'data:image/png' },
  ])('should leave alone what is no data URL: %j', (part) => {
    expect(withDataOfUrl(part)).toBe(part);
  });

  it('should read what encodeURIComponent and base64 write', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        const plain = withDataOfUrl({ type: 'image', url: `data:,${encodeURIComponent(text)}` });
        expect(plain.data).toEqual(utf8(text));
        const base64 = Buffer.from(bytes).toString('base64');
        const url = `data:image/png;base64,${encodeURIComponent(base64)}`;
        expect(withDataOfUrl({ type: 'image', url }).data).toBe(base64);
      }),
    ));
});
