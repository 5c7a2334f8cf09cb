import { describe, expect, it } from '@jest/globals';
import { joinedToolMessages } from '../../lib/joined-tool-messages.ts';
import type { ToolMessage } from '../../lib/message.ts';

const resultOf = (...ids: readonly string[]): ToolMessage => ({
  role: 'tool',
  content: ids.map((id) => ({ type: 'tool_result', id, name: 'f', output: id })),
});
const user = { role: 'user', content: 'Hi' } as const;

describe('joinedToolMessages', () => {
  it('should join results that follow each other, in their order', () => {
    expect(joinedToolMessages([user, resultOf('a'), resultOf('b', 'c'), resultOf('d')])).toEqual([
      user,
      resultOf('a', 'b', 'c', 'd'),
    ]);
  });

  it('should keep apart what something stands between', () => {
    const messages = [resultOf('a'), user, resultOf('b'), { parts: [] }, resultOf('c')];
    expect(joinedToolMessages(messages)).toEqual(messages);
  });

  it('should leave messages of a provider alone, whatever their role is called', () => {
    const own = { role: 'tool', parts: [] };
    expect(joinedToolMessages([own, resultOf('a'), own, own])).toEqual([
      own,
      resultOf('a'),
      own,
      own,
    ]);
  });

  it('should leave everything else alone, and what it is given', () => {
    const first = resultOf('a');
    const [one, other] = joinedToolMessages([user, user]);
    expect([one, other]).toEqual([user, user]);
    expect(joinedToolMessages([first, resultOf('b')])[0]).not.toBe(first);
    expect(first).toEqual(resultOf('a'));
  });
});
