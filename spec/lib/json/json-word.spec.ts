import { describe, expect, it } from '@jest/globals';
import { jsonWord } from '../../../lib/json/json-word.ts';

describe('jsonWord', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['null', null],
  ])('should read %s, in any two pieces', (word, value) => {
    const token = jsonWord();
    for (let border = 1; border <= word.length; border += 1) {
      token.open(word.charAt(0));
      token.read(word.slice(1, border), 0);
      expect(token.isWhole()).toBe(border === word.length);
      expect(token.read(`${word.slice(border)},`, 0)).toBe(word.length - border);
      expect([token.isWhole(), token.value(), token.fault()]).toEqual([true, value, null]);
    }
  });

  it.each([
    ['True', 't', 'rUe', 1],
    ['tru,', 't', 'ru,', 2],
    ['nil', 'n', 'il', 0],
    ['fals ', 'f', 'als ', 3],
  ])('should stop in %j where it goes wrong', (_, first, rest, position) => {
    const token = jsonWord();
    token.open(first);
    expect(token.read(rest, 0)).toBe(position);
    expect([token.isWhole(), token.fault()]).toEqual([false, 'Unknown word']);
  });

  it('should not be whole because the text ends', () => {
    const token = jsonWord();
    token.open('t');
    token.read('ru', 0);
    token.end();
    expect(token.isWhole()).toBe(false);
  });
});
