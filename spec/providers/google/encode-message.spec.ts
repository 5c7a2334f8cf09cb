import type { Content } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import type { AssistantPart, Message, ToolResultPart, UserPart } from 'rx-llm';
import { encodeMessages } from '../../../providers/google/encode-message.ts';

const contentsOf = (...messages: readonly (Message | Content)[]) =>
  encodeMessages('gemini-2.5-flash', messages);

const hello: Message = { role: 'user', content: 'Hello' };

/** Frozen to the last leaf: writing to it throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('encodeMessages', () => {
  it('should leave out a turn of the model that says nothing', () => {
    const sent = contentsOf(
      hello,
      { role: 'assistant', content: [{ type: 'thinking', text: 'Hm' }] },
      { role: 'assistant', content: '' },
      { role: 'model', parts: [] },
      { role: 'user', content: '' },
    );
    expect(sent).toEqual([
      { role: 'user', parts: [{ text: 'Hello' }] },
      { role: 'user', parts: [{ text: '' }] },
    ]);
  });

  it('should know every role and part', () => {
    const parts: readonly UserPart[] = [
      { type: 'text', text: 'What is this?' },
      { type: 'image', data: Uint8Array.of(255) },
      { type: 'document', url: 'https://x.test/a.pdf', mediaType: 'application/pdf' },
    ];
    expect(
      contentsOf(
        { role: 'user', content: parts },
        { role: 'assistant', content: 'A dot' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'Hm' },
            { type: 'text', text: 'Let me see' },
            { type: 'tool_call', id: 'a', name: 'f', args: { city: 'Oslo' } },
            { type: 'tool_call', id: 'b', name: 'g', args: 'cut off {' },
          ],
        },
        {
          role: 'tool',
          content: [
            { type: 'tool_result', id: 'a', name: 'f', output: 'rain' },
            { type: 'tool_result', id: 'b', name: 'g', output: 'bad', isError: true },
          ],
        },
      ),
    ).toStrictEqual([
      {
        role: 'user',
        parts: [
          { text: 'What is this?' },
          { inlineData: { mimeType: 'image/png', data: '/w==' } },
          { fileData: { fileUri: 'https://x.test/a.pdf', mimeType: 'application/pdf' } },
        ],
      },
      { role: 'model', parts: [{ text: 'A dot' }] },
      {
        role: 'model',
        parts: [
          { text: 'Let me see' },
          { functionCall: { id: 'a', name: 'f', args: { city: 'Oslo' } } },
          { functionCall: { id: 'b', name: 'g' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'f', response: { output: 'rain' } } },
          { functionResponse: { id: 'b', name: 'g', response: { error: 'bad' } } },
        ],
      },
    ]);
  });

  it('should bring results together that come in messages of their own', () => {
    const result = (id: string): Message => ({
      role: 'tool',
      content: [{ type: 'tool_result', id, name: 'f', output: id }],
    });
    const contents = contentsOf(result('a'), result('b'), hello, result('c'));
    expect(contents.map(({ parts }) => parts!.length)).toEqual([2, 1, 1]);
  });

  it('should tell an Error as an error', () => {
    const content = [
      { type: 'tool_result', id: 'a', name: 'f', output: new Error('no network') },
    ] as const;
    expect(contentsOf({ role: 'tool', content })[0]!.parts![0]!.functionResponse!.response).toEqual(
      { error: 'no network' },
    );
  });

  it('should leave Gemini’s own messages and parts alone', () => {
    const own = frozen<Content[]>([
      { role: 'user', parts: [{ text: 'Hi' }, { videoMetadata: { fps: 1 } }] },
      {
        role: 'model',
        parts: [{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2ln' }],
      },
      { parts: [{ text: 'no role' }] },
    ]);
    const contents = contentsOf(...own);
    own.forEach((content, position) => expect(contents[position]).toBe(content));
    const mixed = [{ type: 'text', text: 'a' }, { text: 'b' }] as unknown as readonly UserPart[];
    expect(contentsOf({ role: 'user', content: mixed })).toEqual([
      { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
    ]);
  });

  it('should give the first call of another provider a signature where Gemini 3 is to read it', () => {
    const turn: Message = {
      role: 'assistant',
      content: [{ type: 'tool_call', id: 'a', name: 'f', args: {} }],
    };
    const signatureFor = (model: string) =>
      encodeMessages(model, [turn])[0]!.parts![0]!.thoughtSignature;
    expect(signatureFor('gemini-3-pro-preview')).toBe('skip_thought_signature_validator');
    expect(signatureFor('gemini-2.5-flash')).toBeUndefined();
  });

  describe('knows no marks of what to cache: it', () => {
    const text = { type: 'text', text: 'Hi' } as const;
    const result = { type: 'tool_result', id: 'a', name: 'f', output: 'rain' } as const;
    const user = (...content: readonly UserPart[]): Message => ({ role: 'user', content });
    const assistant = (...content: readonly AssistantPart[]): Message => ({
      role: 'assistant',
      content,
    });
    const tool = (...content: readonly ToolResultPart[]): Message => ({ role: 'tool', content });

    it.each<[string, Message]>([
      ['a text', user({ ...text, cacheControl: true })],
      ['an image', user({ type: 'image', data: 'AA==', cacheControl: { ttl: '5m' } })],
      ['sound', user({ type: 'audio', data: 'AA==', cacheControl: true })],
      ['a document', user({ type: 'document', data: 'AA==', cacheControl: true })],
      ['the model’s text', assistant({ ...text, cacheControl: true })],
      ['a result', tool({ ...result, cacheControl: { ttl: '1h' } })],
    ])('should refuse one on %s', (_name, message) => {
      expect(() => contentsOf(message)).toThrow(
        expect.objectContaining({ code: 'unsupported', provider: 'google' }),
      );
    });

    it('should take a part that says it has none, and send nothing of that', () => {
      expect(
        contentsOf(
          user({ ...text, cacheControl: false }),
          tool({ ...result, cacheControl: false }),
        ),
      ).toStrictEqual(contentsOf(user(text), tool(result)));
    });
  });
});
