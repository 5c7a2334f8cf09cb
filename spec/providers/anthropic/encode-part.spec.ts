import { describe, expect, it } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import { StreamError, type CacheControl, type Part } from 'rx-llm';
import { encodePart } from '../../../providers/anthropic/encode-part.ts';

const bytes = Uint8Array.of(0, 1, 254, 255);
const base64 = 'AAH+/w==';
const url = 'https://example.com/a';
const text = new TextEncoder().encode('Grüße');

describe('encodePart', () => {
  it.each<[string, Part, object]>([
    ['text', { type: 'text', text: ' Hi\n' }, { type: 'text', text: ' Hi\n' }],
    [
      'an image by bytes',
      { type: 'image', data: bytes },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64 } },
    ],
    [
      'an image by base64',
      { type: 'image', data: base64, mediaType: 'image/webp', detail: 'low' },
      { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: base64 } },
    ],
    ['an image by URL', { type: 'image', url }, { type: 'image', source: { type: 'url', url } }],
    [
      'an image by data URL',
      { type: 'image', url: `data:image/webp;base64,${base64}` },
      { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: base64 } },
    ],
    [
      'a PDF by data URL',
      { type: 'document', url: `data:application/pdf;base64,${base64}` },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: base64 },
      },
    ],
    [
      'a text by data URL',
      { type: 'document', url: 'data:text/plain;charset=utf-8,Gr%C3%BC%C3%9Fe' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' } },
    ],
    [
      'a PDF by bytes',
      { type: 'document', data: bytes, name: 'a.pdf' },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: base64 },
        title: 'a.pdf',
      },
    ],
    ['a PDF by URL', { type: 'document', url }, { type: 'document', source: { type: 'url', url } }],
    [
      'a text by bytes',
      { type: 'document', data: text, mediaType: 'text/plain' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' } },
    ],
    [
      'Markdown by base64',
      { type: 'document', data: Buffer.from(text).toString('base64'), mediaType: 'text/markdown' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' } },
    ],
    [
      'a call',
      { type: 'tool_call', id: 'a', name: 'add', args: { a: 1 } },
      { type: 'tool_use', id: 'a', name: 'add', input: { a: 1 } },
    ],
    [
      'a call whose arguments were cut off',
      { type: 'tool_call', id: 'a', name: 'add', args: '{"a":' },
      { type: 'tool_use', id: 'a', name: 'add', input: { INVALID_JSON: '{"a":' } },
    ],
    [
      'a result',
      { type: 'tool_result', id: 'a', name: 'add', output: 3, isError: true },
      { type: 'tool_result', tool_use_id: 'a', content: '3', is_error: true },
    ],
  ])('should translate %s', (_name, part, block) => {
    expect(encodePart(part)).toEqual([block]);
  });

  it.each<Anthropic.ContentBlockParam>([
    { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } },
    { type: 'image', source: { type: 'file', file_id: 'file_1' } },
    { type: 'document', source: { type: 'content', content: 'Hi' }, citations: { enabled: true } },
    { type: 'thinking', thinking: 'Hm', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'eA' },
    { type: 'tool_use', id: 'a', name: 'add', input: {} },
    { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'Hi' }] },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
    { type: 'search_result', source: url, title: 'A', content: [] },
  ])('should leave Anthropic’s own $type as it is', (block) => {
    const [encoded] = encodePart(block);
    expect(encoded).toBe(block);
  });

  it.each<[string, Part]>([
    ['an empty text', { type: 'text', text: '' }],
    ['a blank text', { type: 'text', text: '\n\n' }],
    ['thinking without a signature', { type: 'thinking', text: 'Hm' }],
  ])('should leave out %s, which the API refuses', (_name, part) => {
    expect(encodePart(part)).toEqual([]);
  });

  describe('marks what is worth caching: it', () => {
    type Marked = Extract<Part, { readonly cacheControl?: CacheControl }>;
    const parts: readonly Marked[] = [
      { type: 'text', text: 'Hi' },
      { type: 'image', data: bytes },
      { type: 'image', url },
      { type: 'document', data: bytes, name: 'a.pdf' },
      { type: 'document', url },
      { type: 'document', data: text, mediaType: 'text/plain' },
      { type: 'tool_result', id: 'a', name: 'add', output: 3 },
    ];

    it.each(parts)('should mark the block of $type', (part) => {
      const [block] = encodePart(part);
      expect(encodePart({ ...part, cacheControl: true })).toStrictEqual([
        { ...block, cache_control: { type: 'ephemeral' } },
      ]);
      expect(encodePart({ ...part, cacheControl: { ttl: '1h' } })).toStrictEqual([
        { ...block, cache_control: { type: 'ephemeral', ttl: '1h' } },
      ]);
    });

    it.each(parts)('should not mark the block of $type with false', (part) => {
      expect(encodePart({ ...part, cacheControl: false })).toStrictEqual(encodePart(part));
    });

    it('should leave out the mark with an empty text', () => {
      expect(encodePart({ type: 'text', text: '', cacheControl: true })).toEqual([]);
    });

    it('should let a mark of Anthropic’s own go first', () => {
      const cache_control = { type: 'ephemeral', ttl: '1h' } as const;
      const part = { type: 'text', text: 'Hi', cache_control, cacheControl: true } as const;
      expect(encodePart(part)).toStrictEqual([{ type: 'text', text: 'Hi', cache_control }]);
    });
  });

  it.each<[string, Part, RegExp]>([
    ['audio', { type: 'audio', data: bytes }, /does not take audio/],
    [
      'other documents',
      { type: 'document', data: bytes, mediaType: 'application/msword' },
      /does not take documents of type application\/msword; use PDF or text/,
    ],
  ])('should refuse %s', (_name, part, message) => {
    expect(() => encodePart(part)).toThrow(StreamError);
    expect(() => encodePart(part)).toThrow(message);
  });
});
