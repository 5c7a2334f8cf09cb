import { describe, expect, it } from '@jest/globals';
import type { Message } from '@aws-sdk/client-bedrock-runtime';
import { splitSystem } from '../../../providers/bedrock/system.ts';

const system = (text: string): Message => ({ role: 'system', content: [{ text }] });
const user: Message = { role: 'user', content: [{ text: 'Hello' }] };

describe('splitSystem', () => {
  it('should leave a conversation without instructions as it is', () => {
    expect(splitSystem([], [user])).toEqual({ system: [], conversation: [user] });
  });

  it('should lift what a conversation begins with, behind the caller’s own', () => {
    const cached: Message = { role: 'system', content: [{ cachePoint: { type: 'default' } }] };
    expect(splitSystem([{ text: 'own' }], [system('a'), cached, system('b'), user])).toEqual({
      system: [{ text: 'own' }, { text: 'a' }, { cachePoint: { type: 'default' } }, { text: 'b' }],
      conversation: [user],
    });
  });

  it('should leave a system message further on where it is', () => {
    expect(splitSystem([], [user, system('a')]).conversation).toEqual([user, system('a')]);
  });

  it('should leave one where it is that holds more than instructions', () => {
    const image: Message = {
      role: 'system',
      content: [{ image: { format: 'png', source: { bytes: new Uint8Array() } } }],
    };
    expect(splitSystem([], [image, user]).conversation).toEqual([image, user]);
  });

  it('should lift all there is', () => {
    expect(splitSystem([], [system('a')])).toEqual({ system: [{ text: 'a' }], conversation: [] });
  });
});
