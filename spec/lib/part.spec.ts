import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { ImagePart, Part, TextPart } from '../../lib/message.ts';
import { assistantPartTypes, isPart, userPartTypes, type PartOf } from '../../lib/part.ts';

const types = [...userPartTypes, ...assistantPartTypes, 'tool_result'] as const;

const parts: readonly Part[] = [
  { type: 'text', text: '' },
  { type: 'text', text: 'Hello', cacheControl: true },
  { type: 'thinking', text: 'Hm' },
  { type: 'image', url: 'https://example.com/cat.png' },
  { type: 'image', data: new Uint8Array(), detail: 'low' },
  { type: 'audio', data: 'aGk=' },
  { type: 'document', url: 'https://example.com/paper.pdf', name: 'paper.pdf' },
  { type: 'tool_call', id: '1', name: 'get_weather', args: {} },
  { type: 'tool_result', id: '1', name: 'get_weather', output: undefined },
];

describe('isPart', () => {
  it.each(parts)('should know %j', (part) => {
    expect(isPart(part, types)).toBe(true);
    expect(isPart(part, [part.type])).toBe(true);
  });

  it.each(parts)('should not take %j for a part of another type', (part) => {
    const others = types.filter((type) => type !== part.type);
    expect(isPart(part, others)).toBe(false);
    expect(isPart(part, [])).toBe(false);
  });

  it.each([
    [undefined],
    [null],
    ['Hello'],
    [5],
    [[]],
    [{}],
    [{ text: 'Hello' }],
    [{ type: 'text' }],
    [{ type: 'text', text: 5 }],
    [{ type: 'thinking', text: null }],
    [{ type: 'image' }],
    [{ type: 'image', url: new URL('https://example.com/cat.png') }],
    [{ type: 'image', url: 'https://example.com/cat.png', data: 'aGk=' }],
    [{ type: 'audio', data: [1, 2] }],
    [{ type: 'document', name: 'paper.pdf' }],
    [{ type: 'tool_call', name: 'get_weather' }],
    [{ type: 'tool_result', id: '1' }],
    [{ type: 'image_url', url: 'https://example.com/cat.png' }],
    [{ type: 'constructor' }],
    [{ role: 'user', content: 'Hello' }],
  ])('should not take %j for one', (value) => {
    expect(isPart(value, types)).toBe(false);
  });

  it('should tell the compiler which part it is', () => {
    const value: unknown = parts[0];
    if (!isPart(value, ['text', 'image'])) throw new Error('It is no part');
    expectTypeOf(value).toEqualTypeOf<TextPart | ImagePart>();
    expectTypeOf<PartOf<'image'>>().toEqualTypeOf<ImagePart>();
  });
});
