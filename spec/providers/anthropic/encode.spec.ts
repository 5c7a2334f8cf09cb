import { describe, expect, it } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import {
  StreamError,
  tool,
  type CommonParams,
  type Message,
  type ResponseFormat,
  type ToolDefinition,
} from 'rx-llm';
import { z } from 'zod';
import { encodeCall } from '../../../providers/anthropic/encode.ts';
import type { MessageParams } from '../../../providers/anthropic/wire.ts';
import { callInput } from '../../support/call-input.ts';

interface Settings {
  readonly params?: MessageParams;
  readonly tools?: readonly ToolDefinition[];
  readonly commonParams?: CommonParams;
  readonly format?: ResponseFormat | null;
}

const encode = (
  messages: readonly (Message | Anthropic.MessageParam)[],
  { params = {}, ...settings }: Settings = {},
) => encodeCall(callInput({ model: 'claude-x', messages, params, ...settings }));

const hello: Message = { role: 'user', content: 'Hello' };

/** Frozen to the last leaf: writing to it throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('encodeCall', () => {
  it('should ask for a stream of as many tokens as every model allows', () => {
    expect(encode([hello]).request).toEqual({
      model: 'claude-x',
      max_tokens: 4096,
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    });
  });

  describe('takes the caller’s parameters: it', () => {
    it('should send them as they are', () => {
      const params: MessageParams = {
        max_tokens: 7,
        temperature: 0.5,
        stop_sequences: ['x'],
        thinking: { type: 'adaptive' },
      } as MessageParams;
      expect(encode([hello], { params }).request).toMatchObject(params);
    });

    it('should not let them undo what the call needs', () => {
      const params = { model: 'other', messages: [], stream: false } as unknown as MessageParams;
      expect(encode([hello], { params }).request).toMatchObject({
        model: 'claude-x',
        stream: true,
        messages: [{ role: 'user' }],
      });
    });

    it('should keep their tools beside those of the call', () => {
      const search = { type: 'web_search_20250305', name: 'web_search' } as const;
      const add = tool({ name: 'add', parameters: { type: 'object' } });
      const { tools } = encode([hello], { params: { tools: [search] }, tools: [add] }).request;
      expect(tools).toEqual([search, { name: 'add', input_schema: { type: 'object' } }]);
    });
  });

  describe('takes the common parameters: it', () => {
    const add = tool({ name: 'add', parameters: { type: 'object' } });

    it('should send all of them', () => {
      const commonParams: CommonParams = { maxTokens: 7, stop: 'END', toolChoice: 'required' };
      expect(encode([hello], { commonParams, tools: [add] }).request).toEqual({
        model: 'claude-x',
        max_tokens: 7,
        stop_sequences: ['END'],
        tools: [{ name: 'add', input_schema: { type: 'object' } }],
        tool_choice: { type: 'any' },
        messages: [hello],
        stream: true,
      });
    });

    it('should let the caller’s own go first', () => {
      const params: MessageParams = {
        max_tokens: 9,
        stop_sequences: ['own'],
        tool_choice: { type: 'auto' },
        output_config: { effort: 'low' },
      };
      const commonParams: CommonParams = { maxTokens: 7, stop: 'END', toolChoice: 'required' };
      const { request } = encode([hello], { params, commonParams, tools: [add] });
      expect(request).toMatchObject(params);
    });

    it('should refuse what the API does not have', () => {
      expect(() => encode([hello], { commonParams: { seed: 1 } })).toThrow(StreamError);
    });
  });

  it('should hold the answer to a schema', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const format = { mode: 'native', name: 'a', description: null, schema, strict: null } as const;
    const params: MessageParams = { output_config: { effort: 'low' } };
    expect(encode([hello], { params, format }).request.output_config).toEqual({
      effort: 'low',
      format: { type: 'json_schema', schema: { ...schema, additionalProperties: false } },
    });
  });

  it('should offer tools with their schema', () => {
    const weather = tool({
      name: 'get_weather',
      description: 'Current weather of a city',
      parameters: z.object({ city: z.string() }),
      strict: true,
    });
    expect(encode([hello], { tools: [weather] }).request.tools).toEqual([
      {
        name: 'get_weather',
        description: 'Current weather of a city',
        input_schema: expect.objectContaining({
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
        }),
        strict: true,
      },
    ]);
  });

  describe('translates messages: it', () => {
    it('should lift system messages, and give them back for the next turn', () => {
      const { request, messages } = encode([{ role: 'system', content: 'Be brief.' }, hello]);
      expect(request.system).toBe('Be brief.');
      expect(request.messages).toEqual([hello]);
      expect(messages).toEqual([{ role: 'system', content: 'Be brief.' }, hello]);
      expect(encode(messages).request).toEqual(request);
    });

    it('should translate a conversation with tools', () => {
      const { messages } = encode([
        hello,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'Hm' },
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_call', id: 'a', name: 'add', args: { a: 1 } },
          ],
        },
        {
          role: 'tool',
          content: [
            { type: 'tool_result', id: 'a', name: 'add', output: 3 },
            { type: 'tool_result', id: 'b', name: 'add', output: 'no', isError: true },
          ],
        },
        { role: 'user', content: [{ type: 'text', text: 'And?' }] },
      ]);
      expect(messages).toEqual([
        hello,
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 'a', name: 'add', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: '3' },
            { type: 'tool_result', tool_use_id: 'b', content: 'no', is_error: true },
          ],
        },
        { role: 'user', content: [{ type: 'text', text: 'And?' }] },
      ]);
    });

    it('should join the results of a turn, and nothing else that is said in a row', () => {
      const result = (id: string): Message => ({
        role: 'tool',
        content: [{ type: 'tool_result', id, name: 'add', output: 3 }],
      });
      const block = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: '3' });
      const { messages, request } = encode([
        ...['a', 'b', 'c'].map(result),
        hello,
        hello,
        result('d'),
      ]);
      expect(messages).toEqual([
        { role: 'user', content: ['a', 'b', 'c'].map(block) },
        hello,
        hello,
        { role: 'user', content: [block('d')] },
      ]);
      expect(request.messages).toEqual(messages);
    });

    it('should leave Anthropic’s own messages as they are', () => {
      const own: Anthropic.MessageParam[] = [
        { role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'c2ln' },
            { type: 'redacted_thinking', data: 'eA' },
            { type: 'tool_use', id: 'a', name: 'add', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: 'ok' },
            { type: 'text', text: 'Go on', cache_control: { type: 'ephemeral' } },
          ],
        },
      ];
      expect(encode(own).request.messages).toEqual(own);
    });

    it.each<Message | Anthropic.MessageParam>([
      { role: 'assistant', content: '' },
      { role: 'assistant', content: '\n\n' },
      { role: 'assistant', content: [] },
      { role: 'assistant', content: [{ type: 'text', text: '\n\n' }] },
      { role: 'assistant', content: [{ type: 'thinking', text: 'Hm' }] },
    ])('should leave out an assistant’s turn that says nothing: $content', (silent) => {
      expect(encode([hello, silent, hello]).messages).toEqual([hello, hello]);
    });

    it('should mark the parts of any message, and send no mark of ours', () => {
      const { request } = encode([
        { role: 'user', content: [{ type: 'text', text: 'A', cacheControl: true }] },
        { role: 'assistant', content: [{ type: 'text', text: 'B', cacheControl: { ttl: '5m' } }] },
        {
          role: 'tool',
          content: [{ type: 'tool_result', id: 'a', name: 'add', output: 3, cacheControl: false }],
        },
      ]);
      expect(request.messages).toStrictEqual([
        {
          role: 'user',
          content: [{ type: 'text', text: 'A', cache_control: { type: 'ephemeral' } }],
        },
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'B', cache_control: { type: 'ephemeral', ttl: '5m' } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '3' }] },
      ]);
      expect(JSON.stringify(request)).not.toContain('cacheControl');
    });

    it('should change nothing it is given', () => {
      const messages: Message[] = frozen([
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'image', data: Uint8Array.of(1) }] },
      ]);
      const params = frozen({ system: 'Mine.', tools: [] });
      expect(() => encode(messages, { params })).not.toThrow();
    });
  });
});
