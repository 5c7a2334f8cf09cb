import type { Content } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { tool, type CallInput, type CommonParams, type Message, type SchemaFormat } from 'rx-llm';
import type { GoogleParams, GoogleWire } from 'rx-llm/google';
import { encodeCall } from '../../../providers/google/encode.ts';
import { callInput } from '../../support/call-input.ts';

const encode = (
  messages: readonly (Message | Content)[],
  input: Partial<CallInput<GoogleWire>> = {},
) => encodeCall(callInput({ model: 'gemini-2.5-flash', messages, params: {}, ...input }));

const hello: Message = { role: 'user', content: 'Hello' };
const helloContent: Content = { role: 'user', parts: [{ text: 'Hello' }] };

/** Frozen to the last leaf: writing to it throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('encodeCall', () => {
  it('should be model, contents and a config without automatic function calling', () => {
    expect(encode([hello])).toStrictEqual({
      messages: [helloContent],
      request: {
        model: 'gemini-2.5-flash',
        contents: [helloContent],
        config: { automaticFunctionCalling: { disable: true } },
      },
    });
  });

  describe('gives system instructions: it', () => {
    const brief: Message = { role: 'system', content: 'Be brief' };

    it('should put them into the config, and keep them for the next turn', () => {
      const { messages, request } = encode([brief, hello]);
      expect(request.contents).toEqual([helloContent]);
      expect(request.config.systemInstruction).toEqual({ parts: [{ text: 'Be brief' }] });
      const next = encode([...messages, hello]).request;
      expect(next.contents).toEqual([helloContent, helloContent]);
      expect(next.config.systemInstruction).toEqual({ parts: [{ text: 'Be brief' }] });
    });

    it.each([
      ['a text', 'Be kind'],
      ['a part', { text: 'Be kind' }],
      ['texts', ['Be kind']],
      ['parts', [{ text: 'Be kind' }]],
      ['a content', { role: 'user', parts: [{ text: 'Be kind' }] }],
    ])('should add them to the caller’s own, given as %s', (_name, systemInstruction) => {
      const { config } = encode([brief, hello], { params: { systemInstruction } }).request;
      expect(config.systemInstruction).toEqual({
        parts: [{ text: 'Be kind' }, { text: 'Be brief' }],
      });
    });

    it('should leave the caller’s own alone where there are no others', () => {
      const params = { systemInstruction: 'Be kind' };
      expect(encode([hello], { params }).request.config.systemInstruction).toBe('Be kind');
    });
  });

  it('should pass any parameter and change nothing it was given', () => {
    const params = frozen<GoogleParams>({
      temperature: 0.5,
      thinkingConfig: { includeThoughts: true },
      tools: [{ googleSearch: {} }],
      httpOptions: { headers: { 'x-a': '1' } },
    });
    const messages = frozen<Message[]>([{ role: 'system', content: 'Be brief' }, hello]);
    const { config } = encode(messages, { params }).request;
    expect(config).toMatchObject(params);
  });

  describe('takes common terms: it', () => {
    const commonParams: CommonParams = { temperature: 0.5, stop: 'END', toolChoice: 'required' };
    const tools = [tool({ name: 'f', parameters: { type: 'object' } })];
    const format: SchemaFormat = {
      mode: 'native',
      name: 'book',
      description: null,
      schema: { type: 'object' },
      strict: null,
    };

    it('should add them to the config', () => {
      const { config } = encode([hello], { commonParams, tools, format }).request;
      expect(config).toMatchObject({
        temperature: 0.5,
        stopSequences: ['END'],
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object' },
        tools: [{ functionDeclarations: [{ name: 'f' }] }],
        toolConfig: { functionCallingConfig: { mode: 'ANY' } },
      });
    });

    it('should let the caller’s own parameters win over all of them', () => {
      const params = frozen({
        temperature: 1,
        stopSequences: ['STOP'],
        responseMimeType: 'text/x.enum',
        responseSchema: { type: 'STRING', enum: ['a'] },
        toolConfig: { functionCallingConfig: { mode: 'NONE' } },
      }) as unknown as GoogleParams;
      const { config } = encode([hello], { commonParams, tools, format, params }).request;
      expect(config).toMatchObject(params);
      expect(config).not.toHaveProperty('responseJsonSchema');
    });

    it('should not take what is undefined among them for a word', () => {
      const params = { temperature: undefined, topK: undefined } as unknown as GoogleParams;
      const { config } = encode([hello], { commonParams, params }).request;
      expect(config.temperature).toBe(0.5);
      expect(config).not.toHaveProperty('topK');
    });
  });
});
