import { describe, expect, it } from '@jest/globals';
import { encodeAssistant } from '../../../providers/cohere/encode-assistant.ts';

const encode = (...parts: readonly object[]) =>
  encodeAssistant({ role: 'assistant', content: parts as never }, parts as never);

const call = { type: 'tool_call', id: 'c_1', name: 'f', args: { a: 1 } };
const wireCall = { id: 'c_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };

describe('encodeAssistant', () => {
  it('should give text as it is, without the empty ones', () => {
    expect(encode({ type: 'text', text: 'Hi' }, { type: 'text', text: '' })).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
    });
  });

  it('should give calls, and the text beside them as the plan', () => {
    expect(encode({ type: 'text', text: 'I will look.' }, call)).toEqual({
      role: 'assistant',
      toolPlan: 'I will look.',
      toolCalls: [wireCall],
    });
    expect(encode(call)).toEqual({ role: 'assistant', toolCalls: [wireCall] });
  });

  it('should leave out thinking in common terms and give Cohere’s own', () => {
    const own = { type: 'thinking', thinking: 'Hm.' };
    expect(encode({ type: 'thinking', text: 'Hm.' }, { type: 'text', text: 'Hi' })).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
    });
    expect(encode(own, { type: 'text', text: 'Hi' })).toEqual({
      role: 'assistant',
      content: [own, { type: 'text', text: 'Hi' }],
    });
    expect(encode(own, call)).toEqual({
      role: 'assistant',
      content: [own],
      toolCalls: [wireCall],
    });
  });

  it('should give a message with calls of its own untouched', () => {
    const message = {
      role: 'assistant',
      toolCalls: [wireCall],
      content: [{ type: 'thinking', thinking: '' }],
    };
    expect(encodeAssistant(message as never, message.content as never)).toBe(message);
  });

  it.each([
    [{}, '{}'],
    [null, '{}'],
    ['', '{}'],
    ['{"a":', '{"a":'],
    [{ a_b: [1] }, '{"a_b":[1]}'],
  ])('should give the arguments %j as the text %j', (args, text) => {
    expect(encode({ ...call, args })).toMatchObject({
      toolCalls: [{ function: { arguments: text } }],
    });
  });
});
