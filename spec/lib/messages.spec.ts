import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type {
  AssistantMessage,
  ImagePart,
  SystemMessage,
  ToolMessage,
  ToolResultPart,
  UserMessage,
} from '../../lib/message.ts';
import { Messages } from '../../lib/messages.ts';

const image: ImagePart = { type: 'image', url: 'https://example.com/cat.png' };

const result: ToolResultPart = {
  type: 'tool_result',
  id: '1',
  name: 'get_weather',
  output: { sky: 'blue' },
};

describe('Messages', () => {
  it('should make a message of every role', () => {
    expect(Messages.system('Be brief.')).toEqual({ role: 'system', content: 'Be brief.' });
    const manual = { type: 'text', text: 'The manual.', cacheControl: true } as const;
    expect(Messages.system('Be brief.', manual)).toEqual({
      role: 'system',
      content: [{ type: 'text', text: 'Be brief.' }, manual],
    });
    expect(Messages.user('Hello')).toEqual({ role: 'user', content: 'Hello' });
    expect(Messages.assistant('Hi')).toEqual({ role: 'assistant', content: 'Hi' });
    expect(Messages.tool(result)).toEqual({ role: 'tool', content: [result] });
  });

  it('should keep parts in order, and make texts among them parts', () => {
    expect(Messages.user('Describe', image, 'in one word')).toEqual({
      role: 'user',
      content: [{ type: 'text', text: 'Describe' }, image, { type: 'text', text: 'in one word' }],
    });
    expect(Messages.user('One', 'Two').content).toEqual([
      { type: 'text', text: 'One' },
      { type: 'text', text: 'Two' },
    ]);
    const thinking = { type: 'thinking', text: 'Hm' } as const;
    const call = { type: 'tool_call', id: '1', name: 'get_weather', args: {} } as const;
    expect(Messages.assistant(thinking, 'I will look.', call).content).toEqual([
      thinking,
      { type: 'text', text: 'I will look.' },
      call,
    ]);
  });

  it('should keep a single part in a list', () => {
    expect(Messages.user(image).content).toEqual([image]);
  });

  it('should take lists that are spread out', () => {
    const results = [result, { ...result, id: '2' }];
    expect(Messages.tool(...results)).toEqual({ role: 'tool', content: results });
    expect(Messages.user(...[image, image]).content).toEqual([image, image]);
  });

  it('should take an empty text for one', () => {
    expect(Messages.user('')).toEqual({ role: 'user', content: '' });
    expect(Messages.system('')).toEqual({ role: 'system', content: '' });
  });

  it('should not let a list that grows later change a message', () => {
    const results = [result];
    const message = Messages.tool(...results);
    results.push(result);
    expect(message.content).toEqual([result]);
  });

  it('should type messages and what they are made of', () => {
    expectTypeOf(Messages.system('Be brief.')).toEqualTypeOf<SystemMessage>();
    expectTypeOf(Messages.user('Hello')).toEqualTypeOf<UserMessage>();
    expectTypeOf(Messages.assistant('Hi')).toEqualTypeOf<AssistantMessage>();
    expectTypeOf(Messages.tool(result)).toEqualTypeOf<ToolMessage>();
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    ['a system message of nothing', () => Messages.system(), /needs content: Messages\.system\(/],
    [
      'a system message of an image',
      // @ts-expect-error -- an image is no text
      () => Messages.system(image),
      /not a complete part of type text/,
    ],
    ['a user’s message of nothing', () => Messages.user(), /needs content: Messages\.user\(/],
    ['an answer of nothing', () => Messages.assistant(), /needs content: Messages\.assistant\(/],
    ['no results', () => Messages.tool(), /needs content: Messages\.tool\(/],
    // @ts-expect-error -- a list is to be spread out
    ['a list', () => Messages.user([image]), /Argument 1 is not a complete part of type text,/],
    // @ts-expect-error -- a number is no text
    ['a number', () => Messages.user('Hello', 5), /Argument 2/],
    // @ts-expect-error -- an image needs its bytes or its URL
    ['an incomplete part', () => Messages.user({ type: 'image' }), /Argument 1/],
    // @ts-expect-error -- a user does not call tools
    ['a result of the user', () => Messages.user(result), /Argument 1/],
    // @ts-expect-error -- a model sends no images
    ['an image of the model', () => Messages.assistant('Look', image), /Argument 2 .* thinking/],
    // @ts-expect-error -- a text answers no call
    ['a text of a tool', () => Messages.tool('blue'), /Argument 1 .* tool_result: Messages\.tool/],
    // @ts-expect-error -- an image answers no call
    ['an image of a tool', () => Messages.tool(result, image), /Argument 2/],
  ])('should refuse %s', (_, make, reason) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(reason);
  });

  it('should not quote what it refuses', () => {
    const make = () => Messages.user('my secret plan', { type: 'txt', text: 'secret' } as never);
    expect(make).toThrow(/^(?!.*secret)/);
  });
});
