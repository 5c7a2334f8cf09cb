import { describe, expect, it } from '@jest/globals';
import { tool, type CallInput } from 'rx-llm';
import { encodeCall } from '../../../providers/cohere/encode.ts';
import type { CohereWire } from '../../../providers/cohere/wire.ts';
import { callInput } from '../../support/call-input.ts';

const encode = (input: Partial<CallInput<CohereWire>>) =>
  encodeCall(callInput({ model: 'm', params: {}, ...input }));

const messagesOf = (...messages: CallInput<CohereWire>['messages']) =>
  encode({ messages }).messages;

const plain = { name: 'f', parameters: { type: 'object' } };

describe('encodeCall', () => {
  it('should make a request of model, messages and the caller’s parameters', () => {
    const documents = [{ data: { the_title: 'x' } }];
    const params: CohereWire['params'] = {
      temperature: 0,
      maxTokens: 9,
      documents,
      thinking: { type: 'disabled' },
    };
    const { request, messages } = encode({
      params,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(request).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...params });
    expect(request.messages).toBe(messages);
  });

  it('should let no parameter take the place of the model', () => {
    expect(encode({ params: { model: 'other' } as never }).request.model).toBe('m');
  });

  it('should offer tools behind those of the caller’s parameters', () => {
    const own = { type: 'function', function: { name: 'own', parameters: {} } } as const;
    const { request } = encode({
      params: { tools: [own] },
      tools: [tool({ ...plain, description: 'does f' }), tool({ ...plain, name: 'g' })],
    });
    expect(request.tools).toEqual([
      own,
      {
        type: 'function',
        function: { name: 'f', description: 'does f', parameters: { type: 'object' } },
      },
      { type: 'function', function: { name: 'g', parameters: { type: 'object' } } },
    ]);
    expect(encode({}).request).not.toHaveProperty('tools');
  });

  it('should be strict with all tools when tools ask for it, unless the caller says otherwise', () => {
    const strictness = (params: object, ...wishes: readonly (boolean | undefined)[]) =>
      encode({
        params,
        tools: wishes.map((strict, at) =>
          tool({ ...plain, name: `f${at}`, ...(strict !== undefined && { strict }) }),
        ),
      }).request.strictTools;
    expect(strictness({}, undefined)).toBeUndefined();
    expect(strictness({}, true, undefined)).toBe(true);
    expect(strictness({}, false, false)).toBe(false);
    expect(strictness({ strictTools: false }, true)).toBe(false);
    expect(strictness({ strictTools: true }, true, false)).toBe(true);
    expect(() => strictness({}, true, false)).toThrow('strictTools');
  });

  it('should translate messages in common terms', () => {
    expect(
      messagesOf(
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'image', url: 'https://h/i.png' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_call', id: 'c_1', name: 'f', args: { a: 1 } },
            { type: 'tool_call', id: 'c_2', name: 'g', args: {} },
          ],
        },
        {
          role: 'tool',
          content: [
            { type: 'tool_result', id: 'c_1', name: 'f', output: { ok: true } },
            { type: 'tool_result', id: 'c_2', name: 'g', output: 'no', isError: true },
          ],
        },
      ),
    ).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'image_url', imageUrl: { url: 'https://h/i.png' } }] },
      {
        role: 'assistant',
        toolPlan: 'Let me see.',
        toolCalls: [
          { id: 'c_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          { id: 'c_2', type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
      { role: 'tool', toolCallId: 'c_1', content: '{"ok":true}' },
      { role: 'tool', toolCallId: 'c_2', content: 'no' },
    ]);
  });

  it('should give Cohere’s own messages untouched', () => {
    const own: readonly CohereWire['message'][] = [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        toolPlan: 'I will look.',
        toolCalls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      {
        role: 'tool',
        toolCallId: 'c',
        content: [{ type: 'document', document: { data: { the_text: 'x' } } }],
      },
      { role: 'assistant', content: 'Done', citations: [{ start: 0, end: 4 }] },
    ];
    messagesOf(...own).forEach((message, at) => expect(message).toBe(own[at]));
  });

  it('should leave out a turn of the assistant that says nothing', () => {
    expect(
      messagesOf(
        { role: 'assistant', content: '' },
        { role: 'assistant', content: [] },
        { role: 'assistant', content: [{ type: 'thinking', text: 'Hm.' }] },
        { role: 'assistant', content: [{ type: 'text', text: '' }] },
        { role: 'user', content: '' },
      ),
    ).toEqual([{ role: 'user', content: '' }]);
  });
});
