import { describe, expect, it } from '@jest/globals';
import { tool, type CallInput, type CommonParams, type Message, type SchemaFormat } from 'rx-llm';
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
    expect(request.messages).toEqual(messages);
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

  it('should refuse a mark of what is worth caching on a tool', () => {
    const marked = tool({ ...plain, cacheControl: true });
    expect(() => encode({ tools: [marked] })).toThrow('does not take cacheControl');
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

  it('should leave the schemas of tools as they are, strict or not', () => {
    const parameters = { type: 'object', properties: { a: { type: 'integer', minimum: 0 } } };
    for (const strict of [true, false]) {
      const { request } = encode({ tools: [tool({ name: 'f', strict, parameters })] });
      expect(request.tools![0]!.function!.parameters).toStrictEqual(parameters);
    }
  });

  describe('takes common terms: it', () => {
    const commonParams: CommonParams = { temperature: 0.5, topP: 0.9, toolChoice: { name: 'f' } };
    const format: SchemaFormat = {
      mode: 'native',
      name: 'book',
      description: null,
      schema: { type: 'object' },
      strict: null,
    };

    it('should add the parameters', () => {
      expect(encode({ commonParams, tools: [tool(plain)] }).request).toMatchObject({
        temperature: 0.5,
        p: 0.9,
        toolChoice: 'REQUIRED',
      });
      expect(encode({}).request).toEqual({ model: 'm', messages: [] });
    });

    it('should not take what is undefined among them for a word', () => {
      const params = { temperature: undefined, maxTokens: undefined } as never;
      const { request } = encode({ commonParams: { temperature: 0.5 }, params });
      expect(request).toStrictEqual({ model: 'm', messages: [], temperature: 0.5 });
    });

    it('should count the caller’s own tools among those to choose from', () => {
      const own = { type: 'function', function: { name: 'own', parameters: {} } } as const;
      expect(() =>
        encode({ commonParams, tools: [tool(plain)], params: { tools: [own] } }),
      ).toThrow(expect.objectContaining({ code: 'unsupported' }));
      expect(
        encode({ commonParams: { toolChoice: 'none' }, params: { tools: [own] } }).request,
      ).toMatchObject({ toolChoice: 'NONE' });
    });

    it('should tell the model of the format in the request, and not in the next turn', () => {
      const { request, messages } = encode({ format, messages: [{ role: 'user', content: 'Hi' }] });
      expect(request.responseFormat).toEqual({
        type: 'json_object',
        jsonSchema: { type: 'object' },
      });
      expect(request.messages.map(({ role }) => role)).toEqual(['system', 'user']);
      expect(messages).toEqual([{ role: 'user', content: 'Hi' }]);
    });

    it('should refuse a format beside tools', () => {
      expect(() => encode({ format, tools: [tool(plain)] })).toThrow(
        expect.objectContaining({ code: 'unsupported' }),
      );
    });

    it('should let the caller’s own parameters win over all of them', () => {
      const params = {
        temperature: 1,
        p: 0.1,
        toolChoice: 'NONE',
        responseFormat: { type: 'text' },
      } as const;
      const { request } = encode({ commonParams, format, params, tools: [tool(plain)] });
      expect(request).toMatchObject({ ...params, messages: [] });
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
    const result = { type: 'tool_result', id: 'a', name: 'f', output: 1 } as const;
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
