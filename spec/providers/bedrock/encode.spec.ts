import { describe, expect, it } from '@jest/globals';
import type { Message as ConverseMessage } from '@aws-sdk/client-bedrock-runtime';
import { StreamError, tool, type Message, type ToolDefinition } from 'rx-llm';
import type { ConverseParams } from 'rx-llm/bedrock';
import { encodeCall } from '../../../providers/bedrock/encode.ts';
import { callInput } from '../../support/call-input.ts';

const encode = (
  messages: readonly (Message | ConverseMessage)[],
  { params = {}, tools = [] }: { params?: ConverseParams; tools?: readonly ToolDefinition[] } = {},
) => encodeCall('bedrock', callInput({ model: 'nova', messages, tools, params }));

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

    it('should join results of tools that follow each other into one message', () => {
      const result = (id: string): Message => ({
        role: 'tool',
        content: [{ type: 'tool_result', id, name: 'add', output: 'ok' }],
      });
      const block = (toolUseId: string) => ({
        toolResult: { toolUseId, content: [{ text: 'ok' }] },
      });
      expect(messagesOf(result('t1'), result('t2'), hello, result('t3'))).toEqual([
        { role: 'user', content: [block('t1'), block('t2')] },
        helloBlocks,
        { role: 'user', content: [block('t3')] },
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
      expect(messagesOf(hello, { role: 'assistant', content: [] }, hello)).toEqual([
        helloBlocks,
        helloBlocks,
      ]);
    });
  });

  describe('offers tools: it', () => {
    const parameters = { type: 'object', properties: { a: { type: 'number' } } };
    const add = tool({ name: 'add', description: 'Adds', parameters, strict: true });
    const spec = {
      toolSpec: {
        name: 'add',
        description: 'Adds',
        inputSchema: { json: parameters },
        strict: true,
      },
    };

    it('should describe them', () => {
      expect(encode([hello], { tools: [add] }).request.toolConfig).toEqual({ tools: [spec] });
    });

    it('should leave out what is not known; an empty description is refused', () => {
      const bare = tool({ name: 'now', description: ' ', parameters });
      expect(encode([hello], { tools: [bare] }).request.toolConfig).toEqual({
        tools: [{ toolSpec: { name: 'now', inputSchema: { json: parameters } } }],
      });
    });

    it('should keep the caller’s own tools and choice', () => {
      const own = { systemTool: { name: 'nova_grounding' } };
      const toolConfig = { tools: [own], toolChoice: { any: {} } };
      expect(encode([hello], { params: { toolConfig }, tools: [add] }).request.toolConfig).toEqual({
        tools: [own, spec],
        toolChoice: { any: {} },
      });
      expect(encode([hello], { params: { toolConfig } }).request.toolConfig).toEqual(toolConfig);
    });
  });

  it('should change nothing of what it is given', () => {
    const frozen = Object.freeze([Object.freeze({ role: 'user', content: 'Hello' } as const)]);
    const params = Object.freeze({ system: Object.freeze([{ text: 'a' }]) }) as ConverseParams;
    expect(() => encode(frozen, { params })).not.toThrow();
  });
});
