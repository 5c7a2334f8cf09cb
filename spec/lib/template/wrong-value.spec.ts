import { describe, expect, it } from '@jest/globals';
import { wrongValue } from '../../../lib/template/wrong-value.ts';

describe('wrongValue', () => {
  it.each([
    ['', null, 'x must be text (a string, number, bigint or boolean), not null.'],
    ['', undefined, 'not undefined.'],
    ['', ['secret'], 'not a list.'],
    ['', { secret: 1 }, 'not this kind of object.'],
    ['list', 'secret', 'x must be a list of texts, not a string.'],
    ['list', ['secret', null], 'not one with something else in it.'],
    ['image', 'secret', 'an image (a URL, bytes or an image part), not a string that is no URL.'],
    ['images', 'secret', 'not a string.'],
    ['document', 5, 'not a number.'],
    ['messages', 'secret', 'x must be a list of messages, not a string.'],
  ] as const)('should say what {x:%s} must be and what %j is', (spec, value, words) => {
    const { message, code } = wrongValue('x', spec, value);
    expect(code).toBe('prompt');
    expect(message).toMatch(/^\[rx-llm\] The prompt template cannot be filled in: x must be /);
    expect(message).toContain(words);
    expect(message).not.toContain('secret');
  });
});
