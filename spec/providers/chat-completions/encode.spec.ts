import { describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import {
  tool,
  type CommonParams,
  type Message,
  type ResponseFormat,
  type ToolDefinition,
  type UserPart,
} from 'rx-llm';
import type { Dialect } from '../../../providers/chat-completions/dialect.ts';
import { encodeCall } from '../../../providers/chat-completions/encode.ts';
import type { ChatCompletionParams } from '../../../providers/chat-completions/wire.ts';
import { callInput } from '../../support/call-input.ts';
import { acmeDialect } from './acme-dialect.ts';

type WireMessage = OpenAI.ChatCompletionMessageParam;

interface Settings {
  readonly params?: ChatCompletionParams;
  readonly tools?: readonly ToolDefinition[];
  readonly commonParams?: CommonParams;
  readonly format?: ResponseFormat | null;
  readonly dialect?: Partial<Dialect>;
}

const encode = (
  messages: readonly (Message | WireMessage)[],
  { params = {}, dialect, ...settings }: Settings = {},
) => encodeCall(acmeDialect(dialect), callInput({ model: 'm-1', messages, params, ...settings }));

const encoded = (...messages: readonly (Message | WireMessage)[]) => encode(messages).messages;

const hello: Message = { role: 'user', content: 'Hello' };

/** Frozen to the last leaf: writing to it throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const bytes = Uint8Array.of(0, 1, 254, 255);
const base64 = 'AAH+/w==';

describe('encodeCall', () => {
  describe('translates messages: it', () => {
    it('should pass texts of every role as they are', () => {
      const messages: readonly Message[] = [
        { role: 'system', content: 'Be brief' },
        hello,
        { role: 'assistant', content: 'Hi' },
      ];
      expect(encoded(...messages)).toEqual(messages);
    });

    it('should keep the order of parts', () => {
      const content: readonly UserPart[] = [
        { type: 'text', text: 'What is' },
        { type: 'image', url: 'https://x.test/a.png' },
        { type: 'text', text: '?' },
      ];
      const [message] = encoded({ role: 'user', content });
      expect(message).toEqual({
        role: 'user',
        content: [
          { type: 'text', text: 'What is' },
          { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
          { type: 'text', text: '?' },
        ],
      });
    });

    it('should put tool calls beside the text, and leave thinking out', () => {
      const [message] = encoded({
        role: 'assistant',
        content: [
          { type: 'thinking', text: 'Hmm' },
          { type: 'text', text: 'Let me see' },
          { type: 'tool_call', id: 'a', name: 'f', args: { city: 'Oslo' } },
          { type: 'tool_call', id: 'b', name: 'g', args: {} },
        ],
      });
      expect(message).toStrictEqual({
        role: 'assistant',
        content: [{ type: 'text', text: 'Let me see' }],
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{"city":"Oslo"}' } },
          { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      });
    });

    it('should give null content to an assistant that only called tools', () => {
      const [message] = encoded({
        role: 'assistant',
        content: [
          { type: 'thinking', text: 'Hmm' },
          { type: 'tool_call', id: 'a', name: 'f', args: 'cut off {' },
        ],
      });
      expect(message).toStrictEqual({
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: 'cut off {' } },
        ],
      });
    });

    it('should give a text to an assistant that only thought: null is refused', () => {
      const [message] = encoded({
        role: 'assistant',
        content: [{ type: 'thinking', text: 'Hmm' }],
      });
      expect(message).toStrictEqual({ role: 'assistant', content: '' });
    });

    it('should give {} for arguments that are not there: a request must hold JSON', () => {
      const [message] = encoded({
        role: 'assistant',
        content: [{ type: 'tool_call', id: 'a', name: 'f', args: undefined }],
      });
      expect(message).toMatchObject({ tool_calls: [{ function: { arguments: '{}' } }] });
    });

    it('should make a message of each tool result', () => {
      const results = encoded({
        role: 'tool',
        content: [
          { type: 'tool_result', id: 'a', name: 'f', output: 1 },
          { type: 'tool_result', id: 'b', name: 'g', output: 'no', isError: true },
        ],
      });
      expect(results).toEqual([
        { role: 'tool', tool_call_id: 'a', content: '1' },
        { role: 'tool', tool_call_id: 'b', content: 'no' },
      ]);
    });

    it('should mark what to cache wherever a part may stand', () => {
      const marked = { type: 'text', text: 'Hi', cacheControl: true } as const;
      const wireMarked = { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } };
      const messages = encoded(
        { role: 'developer', content: [marked] },
        { role: 'user', content: [marked, { type: 'text', text: '?', cacheControl: false }] },
        { role: 'assistant', content: [marked] },
        {
          role: 'tool',
          content: [{ type: 'tool_result', id: 'a', name: 'f', output: 'Hi', cacheControl: true }],
        },
      );
      expect(messages).toStrictEqual([
        { role: 'developer', content: [wireMarked] },
        { role: 'user', content: [wireMarked, { type: 'text', text: '?' }] },
        { role: 'assistant', content: [wireMarked] },
        { role: 'tool', tool_call_id: 'a', content: [wireMarked] },
      ]);
    });

    it('should refuse a part that the service does not take', () => {
      const audio = { type: 'audio', data: base64 } as const;
      expect(() =>
        encode([{ role: 'user', content: [audio] }], { dialect: { audio: false } }),
      ).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'acme' }));
    });
  });

  describe('leaves the wire’s own messages alone: it', () => {
    const text = { type: 'text', text: 'Hi' } as const;
    const toolCalls = [
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
    ] as const;
    const own: readonly (readonly [string, WireMessage])[] = [
      ['a developer', { role: 'developer', content: 'Be brief' }],
      ['a system in parts', { role: 'system', content: [text] }],
      ['a named user', { role: 'user', name: 'Ada', content: 'Hi' }],
      [
        'a user in parts',
        {
          role: 'user',
          content: [
            text,
            { type: 'image_url', image_url: { url: 'https://x.test/a', detail: 'low' } },
            { type: 'input_audio', input_audio: { data: base64, format: 'wav' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
      ],
      ['an assistant with null', { role: 'assistant', content: null, tool_calls: [...toolCalls] }],
      ['an assistant without content', { role: 'assistant', tool_calls: [...toolCalls] }],
      [
        'an assistant in parts',
        {
          role: 'assistant',
          content: [text],
          tool_calls: [...toolCalls],
          audio: { id: 'audio_1' },
        },
      ],
      [
        'a refusing assistant',
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'I will not' }] },
      ],
      ['a tool', { role: 'tool', tool_call_id: 'a', content: 'rain' }],
      ['a tool in parts', { role: 'tool', tool_call_id: 'a', content: [text] }],
      ['a function', { role: 'function', name: 'f', content: null }],
    ];
    it.each(own)('should not touch %s', (_name, message) => {
      const [result, ...more] = encoded(frozen(message));
      expect(result).toStrictEqual(message);
      expect(more).toEqual([]);
    });

    it('should keep fields it does not know', () => {
      const cached = { ...text, cache_control: { type: 'ephemeral' } };
      const message = { role: 'user', content: [cached], weight: 1 } as unknown as WireMessage;
      expect(encoded(message)).toEqual([message]);
    });

    it('should not copy a message without parts', () => {
      const message: WireMessage = { role: 'user', content: 'Hi' };
      expect(encoded(message)[0]).toBe(message);
    });

    it('should take both kinds in one list, and in one message', () => {
      const mixed = [
        { type: 'image', url: 'https://x.test/a' },
        { type: 'image_url', image_url: { url: 'https://x.test/b' } },
      ] as unknown as readonly UserPart[];
      const own: WireMessage = { role: 'developer', content: 'Be brief' };
      expect(encoded(own, hello, { role: 'user', content: mixed })).toEqual([
        own,
        hello,
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'https://x.test/a' } },
            { type: 'image_url', image_url: { url: 'https://x.test/b' } },
          ],
        },
      ]);
    });

    it('should not drop a tool’s message whose list of parts is empty', () => {
      const message: WireMessage = { role: 'tool', tool_call_id: 'a', content: [] };
      expect(encoded(message)).toEqual([message]);
    });
  });

  describe('offers tools: it', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } };

    it('should describe a tool by its schema', () => {
      const weather = tool({ name: 'weather', description: 'Of a city', parameters });
      expect(encode([hello], { tools: [weather] }).request.tools).toStrictEqual([
        { type: 'function', function: { name: 'weather', description: 'Of a city', parameters } },
      ]);
    });

    it('should keep the caller’s own tools, before the declared ones', () => {
      const own: OpenAI.ChatCompletionTool = { type: 'function', function: { name: 'own' } };
      const custom: OpenAI.ChatCompletionTool = { type: 'custom', custom: { name: 'sql' } };
      const params = frozen({ tools: [own, custom] });
      const weather = tool({ name: 'weather', parameters });
      const { request } = encode([hello], { params, tools: [weather] });
      expect(request.tools).toHaveLength(3);
      expect(request.tools?.slice(0, 2)).toEqual([own, custom]);
      expect(encode([hello], { params }).request.tools).toEqual([own, custom]);
    });

    it('should send no list of tools when there are none', () => {
      expect(encode([hello]).request).not.toHaveProperty('tools');
    });
  });

  describe('passes parameters on: it', () => {
    it('should ask for a stream with usage, and for nothing else', () => {
      expect(encode([hello])).toStrictEqual({
        messages: [hello],
        request: {
          model: 'm-1',
          messages: [hello],
          stream: true,
          stream_options: { include_usage: true },
        },
      });
    });

    it('should pass every parameter of the caller’s, known or not', () => {
      const known: ChatCompletionParams = {
        temperature: 0.2,
        n: 2,
        stop: ['END'],
        tool_choice: 'none',
        response_format: { type: 'json_object' },
        metadata: { team: 'a' },
      };
      const params = { ...known, top_k: 40 };
      expect(encode([hello], { params }).request).toMatchObject(params);
    });

    it.each([
      [{ include_usage: false }, { include_usage: false }],
      [{ include_usage: true }, { include_usage: true }],
      [{ include_obfuscation: false }, { include_usage: true, include_obfuscation: false }],
      [
        { include_usage: false, include_obfuscation: false },
        { include_usage: false, include_obfuscation: false },
      ],
    ])('should keep the caller’s stream options %j', (stream_options, expected) => {
      expect(encode([hello], { params: { stream_options } }).request.stream_options).toEqual(
        expected,
      );
    });

    it('should send the common parameters, behind the caller’s own', () => {
      const commonParams = { temperature: 0.2, maxTokens: 9, seed: 7 };
      const dialect = { maxTokens: 'max_tokens' } as const;
      const { request } = encode([hello], { commonParams, params: { seed: 8 }, dialect });
      expect(request).toMatchObject({ temperature: 0.2, max_tokens: 9, seed: 8 });
    });

    it('should leave the choice of a tool to the model where there are tools, whoever offers them', () => {
      const commonParams = { toolChoice: 'auto' } as const;
      const tools = [tool({ name: 'f', parameters: { type: 'object' } })];
      const own: ChatCompletionParams['tools'] = [{ type: 'function', function: { name: 'g' } }];
      expect(encode([hello], { commonParams }).request).not.toHaveProperty('tool_choice');
      expect(encode([hello], { commonParams, tools }).request.tool_choice).toBe('auto');
      const params = { tools: own };
      expect(encode([hello], { commonParams, params }).request.tool_choice).toBe('auto');
    });

    it('should send what the answer is held to, behind the caller’s own', () => {
      const format = { mode: 'json' } as const;
      expect(encode([hello], { format }).request.response_format).toEqual({ type: 'json_object' });
      const params = { response_format: { type: 'text' } } as const;
      expect(encode([hello], { format, params }).request.response_format).toEqual({ type: 'text' });
    });

    it('should not let untyped parameters replace what the call says', () => {
      const params = { model: 'other', messages: [], stream: false } as ChatCompletionParams;
      expect(encode([hello], { params }).request).toMatchObject({
        model: 'm-1',
        messages: [hello],
        stream: true,
      });
    });

    it('should give the messages it sends', () => {
      const { messages, request } = encode([hello]);
      expect(request.messages).toBe(messages);
    });
  });

  it('should change nothing that it is given', () => {
    const input = frozen<Parameters<typeof encodeCall>[1]>({
      model: 'm-1',
      commonParams: {},
      format: null,
      messages: [
        { role: 'user', content: [{ type: 'image', data: bytes }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'tool_call', id: 'a', name: 'f', args: { city: 'Oslo' } },
          ],
        },
        { role: 'tool', content: [{ type: 'tool_result', id: 'a', name: 'f', output: { x: 1 } }] },
      ],
      tools: [tool({ name: 'f', parameters: { type: 'object' } })],
      params: { stream_options: { include_obfuscation: false }, tools: [] },
    });
    const first = encodeCall(acmeDialect(), input);
    expect(encodeCall(acmeDialect(), input)).toEqual(first);
    expect(first.messages).toHaveLength(3);
  });
});
