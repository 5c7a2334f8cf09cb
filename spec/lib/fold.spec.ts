import { describe, expect, it } from '@jest/globals';
import { fold, mapItems } from '../../lib/fold.ts';

const words = fold<string, string, string>(
  '',
  (text, word) => `${text} ${word}`,
  (text) => text.trim(),
);

describe('fold', () => {
  it('should give the result of everything seen so far', () => {
    expect(words.add('one').add('two').result()).toBe('one two');
    expect(words.result()).toBe('');
  });

  it('should leave every earlier fold as it was, so that any can be continued', () => {
    const one = words.add('one');
    expect(one.add('two').result()).toBe('one two');
    expect(one.add('three').result()).toBe('one three');
    expect(one.result()).toBe('one');
  });

  it('should work the result out only when it is asked for', () => {
    let finishes = 0;
    const count = fold<number, string, number>(
      0,
      (seen) => seen + 1,
      (seen) => {
        finishes++;
        return seen;
      },
    );
    const many = Array.from('hello').reduce((all, letter) => all.add(letter), count);
    expect(finishes).toBe(0);
    expect(many.result()).toBe(5);
    expect(finishes).toBe(1);
  });
});

describe('mapItems', () => {
  const numbers = mapItems(words, (count: number) => 'o'.repeat(count));

  it('should turn every item into one the fold takes', () => {
    expect(numbers.add(1).add(2).result()).toBe('o oo');
  });

  it('should leave every earlier fold as it was', () => {
    const one = numbers.add(1);
    one.add(2);
    expect([one.result(), one.add(3).result()]).toEqual(['o', 'o ooo']);
  });
});
