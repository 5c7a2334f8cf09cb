import { describe, expect, it } from '@jest/globals';
import { ChatCompletionStreamRequest$outboundSchema } from '@mistralai/mistralai/models/components/chatcompletionstreamrequest.js';
import { tool, type CallInput, type CommonParams, type Message, type SchemaFormat } from 'rx-llm';
import { z } from 'zod';
import { encodeTool } from '../../../providers/mistral/encode-tool.ts';
import { encodeCall, encodeToolOutputs } from '../../../providers/mistral/encode.ts';
import type { MistralWire } from '../../../providers/mistral/wire.ts';
import { callInput } from '../../support/call-input.ts';

const encode = (input: Partial<CallInput<MistralWire>>) =>
  encodeCall(callInput({ model: 'm', params: {}, ...input }));

const messagesOf = (...messages: readonly (Message | MistralWire['message'])[]) =>
  encode({ messages }).request.messages;

const weather = tool({
  name: 'get_weather',
  description: 'Current weather',
  strict: true,
  parameters: z.object({ city: z.string() }),
});
const now = tool({ name: 'now', parameters: { type: 'object' } });

describe('encodeCall', () => {
  it('should add what the caller adds, and no field of its own', () => {
    const params = { temperature: 0.5, maxTokens: 9, safePrompt: true } as const;
    const messages = [{ role: 'user', content: 'Hi' }] as const;
    expect(encode({ messages, params }).request).toEqual({ ...params, model: 'm', messages });
  });

  it('should offer tools beside those of the caller', () => {
    const { request } = encode({
      tools: [weather, now],
      params: { tools: [{ type: 'web_search' }] },
    });
    expect(request.tools).toEqual([{ type: 'web_search' }, encodeTool(weather), encodeTool(now)]);
  });

  it('should refuse a mark of what is worth caching on a tool', () => {
    const marked = tool({ name: 'f', parameters: { type: 'object' }, cacheControl: true });
    expect(() => encode({ tools: [marked] })).toThrow('does not take cacheControl');
  });

  describe('takes common terms: it', () => {
    const commonParams: CommonParams = { temperature: 0.5, seed: 7, toolChoice: 'required' };
    const format: SchemaFormat = {
      mode: 'native',
      name: 'book',
      description: null,
      schema: { type: 'object' },
      strict: null,
    };
    const own = {
      temperature: 1,
      randomSeed: 8,
      toolChoice: 'auto',
      responseFormat: { type: 'text' },
    } as const;

    it('should add them, and nothing where there are none', () => {
      expect(encode({ commonParams, format, tools: [now] }).request).toEqual({
        model: 'm',
        messages: [],
        temperature: 0.5,
        randomSeed: 7,
        toolChoice: 'any',
        responseFormat: {
          type: 'json_schema',
          jsonSchema: { name: 'book', schemaDefinition: { type: 'object' }, strict: false },
        },
        tools: [encodeTool(now)],
      });
      expect(encode({}).request).toEqual({ model: 'm', messages: [] });
    });

    it('should let the caller’s own parameters win over all of them', () => {
      const { request } = encode({ commonParams, format, tools: [now], params: own });
      expect(request).toMatchObject(own);
    });

    it('should not take what is undefined among them for a word', () => {
      const params = { temperature: undefined, maxTokens: undefined } as never;
      const { request } = encode({ commonParams: { temperature: 0.5 }, params });
      expect(request).toStrictEqual({ model: 'm', messages: [], temperature: 0.5 });
    });

    it('should choose among the caller’s own tools as well', () => {
      const params = { tools: [{ type: 'web_search' }] } as const;
      const choice = { toolChoice: 'none' } as const;
      expect(
        encode({ commonParams: choice, params: { tools: [...params.tools] } }).request,
      ).toMatchObject(choice);
      expect(encode({ commonParams: choice }).request).not.toHaveProperty('toolChoice');
    });
  });

  it.each<[string, Message]>([
    ['a text', { role: 'user', content: [{ type: 'text', text: 'Hi', cacheControl: true }] }],
    ['an image', { role: 'user', content: [{ type: 'image', data: 'AA==', cacheControl: true }] }],
    [
      'the model’s text',
      { role: 'assistant', content: [{ type: 'text', text: 'Hi', cacheControl: true }] },
    ],
    [
      'a result',
      {
        role: 'tool',
        content: [
          { type: 'tool_result', id: 'a', name: 'f', output: 1, cacheControl: { ttl: '5m' } },
        ],
      },
    ],
  ])('should refuse a mark of what to cache on %s', (_name, message) => {
    expect(() => messagesOf(message)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('should send nothing of a part that says it has no mark', () => {
    const none = { cacheControl: false } as const;
    const text = { type: 'text', text: 'Hi' } as const;
    const result = { type: 'tool_result', id: 'abcDEF123', name: 'f', output: 1 } as const;
    expect(
      messagesOf(
        { role: 'user', content: [{ ...text, ...none }] },
        { role: 'assistant', content: [{ ...text, ...none }] },
        { role: 'tool', content: [{ ...result, ...none }] },
      ),
    ).toStrictEqual(
      messagesOf(
        { role: 'user', content: [text] },
        { role: 'assistant', content: [text] },
        { role: 'tool', content: [result] },
      ),
    );
  });

  it('should leave Mistral’s own messages as they are', () => {
    const messages = [
      { role: 'system', content: 'Be brief' },
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        toolCalls: [{ id: 'call_1', function: { name: 'now', arguments: '{}' } }],
      },
      { role: 'tool', toolCallId: 'call_1', name: 'now', content: 'noon' },
      { role: 'assistant', content: 'Noon', prefix: true },
    ] as const satisfies readonly MistralWire['message'][];
    const encoded = messagesOf(...messages);
    for (const [position, message] of messages.entries()) expect(encoded[position]).toBe(message);
    expect(messagesOf({ role: 'user', content: [{ type: 'file', fileId: 'f' }] })).toEqual([
      { role: 'user', content: [{ type: 'file', fileId: 'f' }] },
    ]);
  });

  it('should translate messages in common terms, with ids that Mistral takes', () => {
    const messages: readonly Message[] = [
      { role: 'system', content: 'Be brief' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', url: 'https://a/b.png' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', text: 'Hm' },
          { type: 'text', text: 'Let me see' },
          { type: 'tool_call', id: 'abcDEF123', name: 'get_weather', args: { city: 'Oslo' } },
          { type: 'tool_call', id: 'call_of_another', name: 'now', args: '{"cut' },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool_result', id: 'abcDEF123', name: 'get_weather', output: { c: 4 } },
          { type: 'tool_result', id: 'call_of_another', name: 'now', output: undefined },
        ],
      },
      {
        role: 'assistant',
        content: [{ type: 'tool_call', id: 'abcDEF123', name: 'now', args: {} }],
      },
    ];
    const encoded = messagesOf(...messages);
    const other = (encoded[2] as { toolCalls: { id: string }[] }).toolCalls[1]!.id;
    expect(other).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(encoded).toEqual([
      { role: 'system', content: 'Be brief' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', imageUrl: 'https://a/b.png' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
          { type: 'text', text: 'Let me see' },
        ],
        toolCalls: [
          {
            id: 'abcDEF123',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
            index: 0,
          },
          { id: other, type: 'function', function: { name: 'now', arguments: '{"cut' }, index: 1 },
        ],
      },
      { role: 'tool', toolCallId: 'abcDEF123', name: 'get_weather', content: '{"c":4}' },
      { role: 'tool', toolCallId: other, name: 'now', content: '' },
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          {
            id: 'abcDEF123',
            type: 'function',
            function: { name: 'now', arguments: '{}' },
            index: 0,
          },
        ],
      },
    ]);
    // The SDK takes all of it.
    expect(() =>
      ChatCompletionStreamRequest$outboundSchema.parse({ model: 'm', messages: encoded }),
    ).not.toThrow();
  });

  it.each<Message | MistralWire['message']>([
    { role: 'assistant', content: '' },
    { role: 'assistant', content: [] },
    { role: 'assistant', content: null },
    { role: 'assistant' },
    { role: 'assistant', toolCalls: [] },
  ])('should leave out a turn that says nothing, which the API refuses: %j', (message) => {
    expect(messagesOf({ role: 'user', content: 'Hi' }, message)).toHaveLength(1);
  });
});

describe('encodeToolOutputs', () => {
  it('should answer each call under the id it has in the assistant’s message', () => {
    const called = (id: string, toolCall: MistralWire['toolCall']) =>
      ({ id, name: 'now', toolCall }) as Parameters<typeof encodeToolOutputs>[0][number][0];
    const given = { function: { name: 'now', arguments: '' } };
    expect(
      encodeToolOutputs([
        [called('a', { ...given, id: 'a' }), 'noon'],
        [called('call_1', { ...given, id: 'abcDEF123' }), { at: 12 }],
      ]),
    ).toEqual([
      { role: 'tool', toolCallId: 'a', name: 'now', content: 'noon' },
      { role: 'tool', toolCallId: 'abcDEF123', name: 'now', content: '{"at":12}' },
    ]);
  });
});
