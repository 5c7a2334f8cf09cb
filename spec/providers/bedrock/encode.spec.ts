import { describe, expect, it } from '@jest/globals';
import type { Message as ConverseMessage } from '@aws-sdk/client-bedrock-runtime';
import {
  StreamError,
  tool,
  type CommonParams,
  type Message,
  type ResponseFormat,
  type ToolDefinition,
} from 'rx-llm';
import type { ConverseParams } from 'rx-llm/bedrock';
import { encodeCall } from '../../../providers/bedrock/encode.ts';
import { callInput } from '../../support/call-input.ts';

interface Settings {
  readonly params?: ConverseParams;
  readonly tools?: readonly ToolDefinition[];
  readonly commonParams?: CommonParams;
  readonly format?: ResponseFormat | null;
}

const encode = (
  messages: readonly (Message | ConverseMessage)[],
  { params = {}, ...settings }: Settings = {},
) => encodeCall('bedrock', callInput({ model: 'nova', messages, params, ...settings }));

const messagesOf = (...messages: readonly (Message | ConverseMessage)[]) =>
  encode(messages).request.messages;

const hello: Message = { role: 'user', content: 'Hello' };
const helloBlocks = { role: 'user', content: [{ text: 'Hello' }] };

describe('encodeCall', () => {
  it('should send a model and messages, and nothing else', () => {
    expect(encode([hello]).request).toEqual({ modelId: 'nova', messages: [helloBlocks] });
  });

  it('should send the caller’s parameters as they are', () => {
    const params: ConverseParams = {
      inferenceConfig: { maxTokens: 5, temperature: 0 },
      guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } },
    };
    expect(encode([hello], { params }).request).toEqual({
      ...params,
      modelId: 'nova',
      messages: [helloBlocks],
    });
  });

  it('should not let them undo what the call needs', () => {
    const params = { modelId: 'other', messages: [] } as ConverseParams;
    expect(encode([hello], { params }).request).toEqual({
      modelId: 'nova',
      messages: [helloBlocks],
    });
  });

  describe('puts instructions into system: it', () => {
    const instruction: Message = { role: 'system', content: 'Be brief' };

    it('should do so wherever they stand, behind the caller’s own', () => {
      const { request } = encode([hello, instruction], { params: { system: [{ text: 'own' }] } });
      expect(request.system).toEqual([{ text: 'own' }, { text: 'Be brief' }]);
      expect(request.messages).toEqual([helloBlocks]);
    });

    it('should leave out those that say nothing', () => {
      expect(encode([{ role: 'system', content: ' ' }, hello]).request).toEqual({
        modelId: 'nova',
        messages: [helloBlocks],
      });
    });

    it('should do so again when the messages are sent again', () => {
      const { messages, request } = encode([hello, instruction]);
      expect(messages).toEqual([{ role: 'system', content: [{ text: 'Be brief' }] }, helloBlocks]);
      expect(encode(messages).request).toEqual(request);
      expect(encode(messages).messages).toEqual(messages);
    });
  });

  describe('translates messages in common terms: it', () => {
    it('should translate parts', () => {
      expect(
        messagesOf({
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', data: new Uint8Array([1]) },
          ],
        }),
      ).toEqual([
        {
          role: 'user',
          content: [
            { text: 'What is this?' },
            { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } },
          ],
        },
      ]);
    });

    it('should translate an answer; thinking has no signature and is left out', () => {
      expect(
        messagesOf({
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'Hm' },
            { type: 'text', text: '' },
            { type: 'text', text: 'Let me see' },
            { type: 'tool_call', id: 't1', name: 'add', args: { a: 1 } },
            { type: 'tool_call', id: 't2', name: 'add', args: '{"a":' },
          ],
        }),
      ).toEqual([
        {
          role: 'assistant',
          content: [
            { text: 'Let me see' },
            { toolUse: { toolUseId: 't1', name: 'add', input: { a: 1 } } },
            { toolUse: { toolUseId: 't2', name: 'add', input: { INVALID_JSON: '{"a":' } } },
          ],
        },
      ]);
    });

    it('should refuse what Converse cannot take', () => {
      expect(() =>
        encode([{ role: 'user', content: [{ type: 'image', url: 'https://example.com/a.png' }] }]),
      ).toThrow(StreamError);
    });
  });

  describe('leaves Converse’s own messages alone: it', () => {
    it('should send them untouched', () => {
      const own: ConverseMessage = {
        role: 'user',
        content: [{ text: 'Hi' }, { cachePoint: { type: 'default' } }],
      };
      expect(messagesOf(own)?.[0]).toBe(own);
    });

    it('should translate the common parts among its blocks', () => {
      const mixed = {
        role: 'user',
        content: [{ type: 'text', text: 'Hi' }, { cachePoint: { type: 'default' } }],
      } as unknown as ConverseMessage;
      expect(messagesOf(mixed)).toEqual([
        { role: 'user', content: [{ text: 'Hi' }, { cachePoint: { type: 'default' } }] },
      ]);
    });

    it('should leave out one without content, which is refused', () => {
      expect(messagesOf(hello, { role: 'assistant', content: [] })).toEqual([helloBlocks]);
    });
  });

  describe('makes the roles take turns, as the service wants them: it', () => {
    const result = (id: string): Message => ({
      role: 'tool',
      content: [{ type: 'tool_result', id, name: 'add', output: 'ok' }],
    });
    const resultBlock = (toolUseId: string) => ({
      toolResult: { toolUseId, content: [{ text: 'ok' }] },
    });
    const answer: Message = { role: 'assistant', content: 'Yes?' };
    const answerBlocks = { role: 'assistant', content: [{ text: 'Yes?' }] };

    it('should join the results of tools that follow each other, and what is said after them', () => {
      expect(messagesOf(result('t1'), result('t2'), hello, answer, result('t3'))).toEqual([
        { role: 'user', content: [resultBlock('t1'), resultBlock('t2'), { text: 'Hello' }] },
        answerBlocks,
        { role: 'user', content: [resultBlock('t3')] },
      ]);
    });

    it.each<Message | ConverseMessage>([
      { role: 'assistant', content: '' },
      { role: 'assistant', content: '\n\n' },
      { role: 'assistant', content: [] },
      { role: 'assistant', content: [{ type: 'thinking', text: 'Hm' }] },
      { role: 'assistant', content: [{ type: 'text', text: '\n\n' }] },
    ])('should join what stood around a turn that says nothing: $content', (silent) => {
      expect(messagesOf(hello, silent, hello)).toEqual([
        { role: 'user', content: [{ text: 'Hello' }, { text: 'Hello' }] },
      ]);
    });

    it('should join turns of the model, and the service’s own messages', () => {
      expect(messagesOf(hello, answer, answerBlocks as ConverseMessage)).toEqual([
        helloBlocks,
        { role: 'assistant', content: [{ text: 'Yes?' }, { text: 'Yes?' }] },
      ]);
    });

    it('should leave a conversation alone that takes turns', () => {
      const turns: ConverseMessage[] = [
        { role: 'user', content: [{ text: 'Hello' }] },
        { role: 'assistant', content: [{ text: 'Yes?' }] },
        { role: 'user', content: [{ text: 'Nothing' }] },
      ];
      const { request } = encode(turns);
      request.messages?.forEach((message, position) => expect(message).toBe(turns[position]));
      expect(request.messages).toHaveLength(3);
    });

    it('should give the messages back one by one, which makes the same request again', () => {
      const { messages, request } = encode([hello, result('t1'), { role: 'tool', content: [] }]);
      expect(messages).toEqual([
        helloBlocks,
        { role: 'user', content: [resultBlock('t1')] },
        { role: 'user', content: [] },
      ]);
      expect(encode(messages).request).toEqual(request);
    });
  });

  describe('takes what means the same for every provider: it', () => {
    const parameters = { type: 'object', properties: { a: { type: 'number' } } };
    const add = tool({ name: 'add', parameters });
    const closed = { ...parameters, additionalProperties: false };
    const format = {
      mode: 'native',
      name: 'a',
      description: null,
      schema: parameters,
      strict: null,
    } as const;
    const commonParams: CommonParams = {
      temperature: 0,
      topP: 1,
      maxTokens: 7,
      stop: 'END',
      toolChoice: 'required',
    };

    it('should send all of it', () => {
      expect(encode([hello], { commonParams, tools: [add], format }).request).toEqual({
        modelId: 'nova',
        messages: [helloBlocks],
        inferenceConfig: { temperature: 0, topP: 1, maxTokens: 7, stopSequences: ['END'] },
        toolConfig: {
          tools: [{ toolSpec: { name: 'add', inputSchema: { json: parameters } } }],
          toolChoice: { any: {} },
        },
        outputConfig: {
          textFormat: {
            type: 'json_schema',
            structure: { jsonSchema: { schema: JSON.stringify(closed), name: 'a' } },
          },
        },
      });
    });

    it('should let the caller’s own go first', () => {
      const params: ConverseParams = {
        inferenceConfig: { temperature: 1 },
        toolConfig: { tools: [{ cachePoint: { type: 'default' } }], toolChoice: { auto: {} } },
        outputConfig: { effort: 'low' },
      };
      const { request } = encode([hello], { params, commonParams, tools: [add], format });
      expect(request.inferenceConfig).toMatchObject({ temperature: 1, maxTokens: 7 });
      expect(request.toolConfig).toMatchObject({ toolChoice: { auto: {} } });
      expect(request.toolConfig?.tools).toHaveLength(2);
      expect(request.outputConfig).toMatchObject({ effort: 'low', textFormat: {} });
    });

    it('should refuse what Converse does not have', () => {
      expect(() => encode([hello], { commonParams: { seed: 1 } })).toThrow(StreamError);
    });

    it('should refuse that no tool be called in a conversation that holds calls', () => {
      const call: Message = {
        role: 'assistant',
        content: [{ type: 'tool_call', id: 't1', name: 'add', args: {} }],
      };
      const settings: Settings = { commonParams: { toolChoice: 'none' }, tools: [add] };
      expect(encode([hello], settings).request.toolConfig).toBeUndefined();
      expect(() => encode([hello, call], settings)).toThrow(StreamError);
    });
  });

  it('should mark the parts of any message, and send no mark of ours', () => {
    const { request } = encode([
      { role: 'user', content: [{ type: 'text', text: 'A', cacheControl: true }] },
      { role: 'assistant', content: [{ type: 'text', text: 'B', cacheControl: { ttl: '5m' } }] },
      {
        role: 'tool',
        content: [
          { type: 'tool_result', id: 't1', name: 'add', output: 'C', cacheControl: false },
          { type: 'tool_result', id: 't2', name: 'add', output: 'D', cacheControl: { ttl: '1h' } },
        ],
      },
    ]);
    const result = (toolUseId: string, text: string) => ({
      toolResult: { toolUseId, content: [{ text }] },
    });
    expect(request.messages).toStrictEqual([
      { role: 'user', content: [{ text: 'A' }, { cachePoint: { type: 'default' } }] },
      {
        role: 'assistant',
        content: [{ text: 'B' }, { cachePoint: { type: 'default', ttl: '5m' } }],
      },
      {
        role: 'user',
        content: [
          result('t1', 'C'),
          result('t2', 'D'),
          { cachePoint: { type: 'default', ttl: '1h' } },
        ],
      },
    ]);
  });

  it('should change nothing of what it is given', () => {
    const frozen = Object.freeze([Object.freeze({ role: 'user', content: 'Hello' } as const)]);
    const params = Object.freeze({ system: Object.freeze([{ text: 'a' }]) }) as ConverseParams;
    expect(() => encode(frozen, { params })).not.toThrow();
  });
});
