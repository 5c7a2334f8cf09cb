import type { Content } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { tool, type Message, type ToolDefinition, type UserPart } from 'rx-llm';
import type { GoogleParams } from 'rx-llm/google';
import { z } from 'zod';
import { encodeCall } from '../../../providers/google/encode.ts';
import { callInput } from '../../support/call-input.ts';

interface Settings {
  readonly model?: string;
  readonly params?: GoogleParams;
  readonly tools?: readonly ToolDefinition[];
}

const encode = (
  messages: readonly (Message | Content)[],
  { model = 'gemini-2.5-flash', params = {}, tools = [] }: Settings = {},
) => encodeCall(callInput({ model, messages, tools, params }));

const contentsOf = (...messages: readonly (Message | Content)[]) =>
  encode(messages).request.contents;

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

  describe('translates messages: it', () => {
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
      expect(
        contentsOf({ role: 'tool', content })[0]!.parts![0]!.functionResponse!.response,
      ).toEqual({ error: 'no network' });
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
  });

  describe('signs calls for Gemini 3: it', () => {
    const turn: Message = {
      role: 'assistant',
      content: [
        { type: 'text', text: 'Let me see' },
        { type: 'tool_call', id: 'a', name: 'f', args: {} },
        { type: 'tool_call', id: 'b', name: 'f', args: {} },
      ],
    };
    const signatures = (model: string) =>
      encode([turn], { model }).request.contents[0]!.parts!.map((part) => part.thoughtSignature);

    it.each([
      'gemini-3-pro-preview',
      'gemini-3.1-flash',
      'models/gemini-3-flash-preview',
      'publishers/google/models/gemini-10',
      'gemini-flash-latest',
    ])('should give the first call of another provider a signature for %s', (model) => {
      expect(signatures(model)).toEqual([undefined, 'skip_thought_signature_validator', undefined]);
    });

    it.each(['gemini-2.5-flash', 'gemini-2.0-flash', 'gemini-1.5-pro-latest', 'gemma-3'])(
      'should give none for %s',
      (model) => {
        expect(signatures(model)).toEqual([undefined, undefined, undefined]);
      },
    );

    it('should leave a turn without calls alone', () => {
      const { contents } = encode(
        [{ role: 'assistant', content: [{ type: 'text', text: 'Hi' }] }],
        {
          model: 'gemini-3-pro',
        },
      ).request;
      expect(contents).toEqual([{ role: 'model', parts: [{ text: 'Hi' }] }]);
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

  describe('offers tools: it', () => {
    const weather = tool({
      name: 'get_weather',
      description: 'Current weather',
      parameters: z.object({ city: z.string() }),
    });
    const now = tool({ name: 'now', parameters: { type: 'object' } });
    const declared = {
      functionDeclarations: [
        {
          name: 'get_weather',
          description: 'Current weather',
          parametersJsonSchema: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
          },
        },
        { name: 'now', parametersJsonSchema: { type: 'object' } },
      ],
    };

    it('should declare them by their JSON Schema', () => {
      const { config } = encode([hello], { tools: [weather, now] }).request;
      expect(config.tools).toEqual([declared]);
      expect(config).not.toHaveProperty('toolConfig');
    });

    it('should keep the caller’s own', () => {
      const params = { tools: [{ googleSearch: {} }, { codeExecution: {} }] };
      const { config } = encode([hello], { tools: [weather, now], params }).request;
      expect(config.tools).toEqual([...params.tools, declared]);
      expect(encode([hello], { params }).request.config.tools).toBe(params.tools);
    });

    it('should ask for calls that follow the schema where a tool is strict', () => {
      const strict = tool({ name: 'f', strict: true, parameters: { type: 'object' } });
      const toolConfig = { functionCallingConfig: { allowedFunctionNames: ['f'] } };
      const { config } = encode([hello], { tools: [strict], params: { toolConfig } }).request;
      expect(config.toolConfig).toEqual({
        functionCallingConfig: { mode: 'VALIDATED', allowedFunctionNames: ['f'] },
      });
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
});
