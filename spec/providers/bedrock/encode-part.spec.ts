import { describe, expect, it } from '@jest/globals';
import { StreamError, type CacheControl, type Part } from 'rx-llm';
import { encodePart, isPart } from '../../../providers/bedrock/encode-part.ts';

const bytes = new Uint8Array([1]);
const encode = (part: Part) => encodePart('bedrock', part);

describe('encodePart', () => {
  it.each<[Part, object]>([
    [{ type: 'text', text: 'Hi' }, { text: 'Hi' }],
    [{ type: 'text', text: ' Hi\n' }, { text: ' Hi\n' }],
    [{ type: 'image', data: bytes }, { image: { format: 'png', source: { bytes } } }],
    [{ type: 'audio', data: bytes }, { audio: { format: 'wav', source: { bytes } } }],
    [
      { type: 'document', data: bytes, name: 'a.pdf' },
      { document: { format: 'pdf', name: 'a', source: { bytes } } },
    ],
    [
      { type: 'tool_call', id: 't1', name: 'add', args: { a: 1 } },
      { toolUse: { toolUseId: 't1', name: 'add', input: { a: 1 } } },
    ],
    [
      { type: 'tool_call', id: 't1', name: 'add', args: '{"a":' },
      { toolUse: { toolUseId: 't1', name: 'add', input: { INVALID_JSON: '{"a":' } } },
    ],
    [
      { type: 'tool_result', id: 't1', name: 'add', output: 'ok' },
      { toolResult: { toolUseId: 't1', content: [{ text: 'ok' }] } },
    ],
  ])('should translate %j', (part, block) => {
    expect(encode(part)).toEqual([block]);
  });

  it.each<Part>([
    { type: 'text', text: '' },
    { type: 'text', text: '\n\n' },
    { type: 'thinking', text: 'Hm' },
  ])('should leave out %j, which is refused', (part) => {
    expect(encode(part)).toEqual([]);
  });

  it('should refuse what Converse cannot take', () => {
    expect(() => encode({ type: 'image', url: 'https://example.com/a.png' })).toThrow(StreamError);
  });

  describe('marks what is worth caching: it', () => {
    const marked: readonly Extract<Part, { readonly cacheControl?: CacheControl }>[] = [
      { type: 'text', text: 'Hi' },
      { type: 'image', data: bytes },
      { type: 'audio', data: bytes },
      { type: 'document', data: bytes },
      { type: 'tool_result', id: 't1', name: 'add', output: { a: 1 } },
    ];

    it.each(marked)('should put a cache point behind the block of $type', (part) => {
      const [block] = encode(part);
      expect(encode({ ...part, cacheControl: true })).toStrictEqual([
        block,
        { cachePoint: { type: 'default' } },
      ]);
      expect(encode({ ...part, cacheControl: { ttl: '1h' } })).toStrictEqual([
        block,
        { cachePoint: { type: 'default', ttl: '1h' } },
      ]);
    });

    it.each(marked)('should put none behind the block of $type with false', (part) => {
      expect(encode({ ...part, cacheControl: false })).toStrictEqual(encode(part));
    });

    it('should put none where there is nothing to cache', () => {
      expect(encode({ type: 'text', text: '', cacheControl: true })).toEqual([]);
    });
  });
});

describe('isPart', () => {
  it('should tell a part in common terms from a block of Converse’s own', () => {
    expect(isPart({ type: 'text', text: 'Hi' })).toBe(true);
    expect(isPart({ text: 'Hi' })).toBe(false);
  });
});
