import { describe, expect, it } from '@jest/globals';
import { ChatCompletionStreamRequest$outboundSchema } from '@mistralai/mistralai/models/components/chatcompletionstreamrequest.js';
import { tool, type CallInput, type Message } from 'rx-llm';
import { z } from 'zod';
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
      params: { tools: [{ type: 'web_search' }], toolChoice: 'any' },
    });
    expect(request.toolChoice).toBe('any');
    expect(request.tools).toEqual([
      { type: 'web_search' },
      {
        type: 'function',
        function: {
          name: 'get_weather',
          description: 'Current weather',
          strict: true,
          parameters: weather.parameters,
        },
      },
      { type: 'function', function: { name: 'now', parameters: { type: 'object' } } },
    ]);
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
