import { describe, expect, it } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import { splitSystem } from '../../../providers/anthropic/system.ts';

const user: Anthropic.MessageParam = { role: 'user', content: 'Hello' };
const system = (
  content: Anthropic.SystemMessageParam['content'],
): Anthropic.SystemMessageParam => ({ role: 'system', content });
const block = (text: string): Anthropic.TextBlockParam => ({ type: 'text', text });
const cached: Anthropic.TextBlockParam = {
  type: 'text',
  text: 'Long.',
  cache_control: { type: 'ephemeral' },
};

describe('splitSystem', () => {
  it.each<
    [
      string,
      string | Anthropic.TextBlockParam[] | undefined,
      Anthropic.MessageParam[],
      string | Anthropic.TextBlockParam[] | undefined,
    ]
  >([
    ['nothing', undefined, [user], undefined],
    ['one text', undefined, [system('Be brief.'), user], 'Be brief.'],
    ['a text said later', undefined, [user, system('Be brief.')], 'Be brief.'],
    ['blocks', undefined, [system([cached]), user], [cached]],
    ['several', undefined, [system('A'), system([cached]), user], [block('A'), cached]],
    ['the caller’s own', 'Mine.', [user], 'Mine.'],
    ['the caller’s own first', [cached], [system('A'), user], [cached, block('A')]],
    ['a conversation of nothing else', undefined, [system([cached])], [cached]],
  ])('should lift %s', (_name, given, messages, lifted) => {
    const { system: prompt, conversation } = splitSystem(given, messages);
    expect(prompt).toEqual(lifted);
    expect(conversation).toEqual(messages.filter(({ role }) => role !== 'system'));
  });

  it('should leave blocks in the middle of a conversation where they are', () => {
    const messages = [system('A'), user, system([block('From here on: B')])];
    expect(splitSystem(undefined, messages)).toEqual({
      system: 'A',
      conversation: messages.slice(1),
    });
  });
});
