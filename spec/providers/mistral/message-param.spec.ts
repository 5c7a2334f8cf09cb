import { describe, expect, it } from '@jest/globals';
import { messageParam } from '../../../providers/mistral/message-param.ts';
import type { MistralWire } from '../../../providers/mistral/wire.ts';

const param = (message: object, kept: Partial<Parameters<typeof messageParam>[1]> = {}) =>
  messageParam(
    {
      choices: [{ index: 0, finishReason: 'stop', message: { role: 'assistant', ...message } }],
    } as MistralWire['response'],
    { content: '', openCalls: [], ...kept },
  );

const call = (id: string, args: unknown = '{"a":1}') => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: args },
  index: 0,
});

const text = (piece: string) => ({ type: 'text', text: piece });
const thinking = { type: 'thinking', thinking: [text('Hm')], closed: true, signature: 's' };
const reference = { type: 'reference', referenceIds: [0] };

describe('messageParam', () => {
  it('should give the text as it was kept', () => {
    const content = 'Hello';
    expect(param({ content: 'Hello, world' }, { content })).toEqual({ role: 'assistant', content });
    expect(param({ content: null })).toEqual({ role: 'assistant', content: '' });
    expect(messageParam({ choices: [] } as never, { content: '', openCalls: [] })).toEqual({
      role: 'assistant',
      content: '',
    });
  });

  it.each<[string, readonly object[], string, readonly object[]]>([
    [
      'whole',
      [thinking, text('So'), reference, text('.')],
      'So.',
      [thinking, text('So'), reference, text('.')],
    ],
    ['cut', [thinking, text('So'), reference, text('.')], 'S', [thinking, text('S')]],
    ['cut at a border', [thinking, text('So'), reference, text('.')], 'So', [thinking, text('So')]],
    ['cut at once', [thinking, text('So'), thinking], '', [thinking, thinking]],
    [
      'continued from a call before',
      [thinking, text('So'), reference, text('.')],
      'And So.',
      [thinking, text('And So'), reference, text('.')],
    ],
    ['continued and cut', [thinking, text('So.')], 'And So', [thinking, text('And So')]],
    ['that came as arguments', [thinking], '{"a":1}', [thinking, text('{"a":1}')]],
    [
      'that came as arguments after a word',
      [thinking, text('So: ')],
      'So: {"a":1}',
      [thinking, text('So: '), text('{"a":1}')],
    ],
    ['changed', [thinking, text('So'), reference, text('.')], 'No', [thinking, text('No')]],
    ['without text', [thinking], '', [thinking]],
    [
      'with a part the SDK does not know, and cannot send',
      [{ type: 'UNKNOWN', raw: {}, isUnknown: true }, text('So')],
      'So',
      [text('So')],
    ],
  ])('should keep reasoning intact and references in place: %s', (_kind, parts, content, kept) => {
    expect(param({ content: parts }, { content })).toEqual({ role: 'assistant', content: kept });
  });

  it('should give the calls that arrived whole', () => {
    const open = { index: 1, id: 'open', name: 'f', arguments: '{' };
    expect(
      param({ content: '', toolCalls: [call('a'), call('open')] }, { openCalls: [open] }),
    ).toEqual({ role: 'assistant', content: '', toolCalls: [call('a')] });
    expect(
      param({ content: 'Hm', toolCalls: [call('open')] }, { content: 'Hm', openCalls: [open] }),
    ).toEqual({ role: 'assistant', content: 'Hm' });
  });

  it('should give the answer that came as the arguments of a tool in place of its call', () => {
    const content = '{"a":1}';
    const openCalls = [{ index: 0, id: 'answer', name: 'response', arguments: content }];
    expect(param({ content: '', toolCalls: [call('answer')] }, { content, openCalls })).toEqual({
      role: 'assistant',
      content,
    });
    expect(
      param({ content: '', toolCalls: [call('answer'), call('b')] }, { content, openCalls }),
    ).toEqual({ role: 'assistant', content, toolCalls: [call('b')] });
  });

  it('should give the whole text of an answer that this call continued', () => {
    expect(param({ content: ', world' }, { content: 'Hello, world' })).toEqual({
      role: 'assistant',
      content: 'Hello, world',
    });
  });

  it.each([
    ['', '{}'],
    [' ', '{}'],
    ['null', '{}'],
    ['{"a":1}', '{"a":1}'],
    [{ a: 1 }, { a: 1 }],
  ])('should send arguments %j as %j', (args, sent) => {
    expect(param({ toolCalls: [call('a', args)] })).toMatchObject({
      toolCalls: [{ function: { arguments: sent } }],
    });
  });
});
