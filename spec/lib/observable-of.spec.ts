import { describe, expect, it } from '@jest/globals';
import { of } from 'rxjs';
import { observableOf } from '../../lib/observable-of.ts';
import { outcomeOf } from '../support/outcome.ts';

describe('observableOf', () => {
  it.each([
    ['a text', 'hi'],
    ['a list, as one value', [1, 2]],
    ['undefined', undefined],
    ['null', null],
    ['a function', () => 1],
    ['an object whose then is no function', { then: 1 }],
  ])('should emit %s as it is', async (_, value) => {
    expect(await outcomeOf(observableOf<unknown>(value))).toEqual({
      values: [value],
      completed: true,
      error: null,
    });
  });

  it('should emit what a promise, or anything like one, resolves with', async () => {
    const thenable: PromiseLike<string> = {
      then: (resolve, reject) => Promise.resolve('hi').then(resolve, reject),
    };
    for (const later of [Promise.resolve('hi'), thenable]) {
      expect((await outcomeOf(observableOf(later))).values).toEqual(['hi']);
    }
  });

  it('should error with what a promise rejects with', async () => {
    const reason = new Error('no');
    expect((await outcomeOf(observableOf(Promise.reject(reason)))).error).toBe(reason);
  });

  it('should give an Observable back as it is', () => {
    const source = of(1, 2);
    expect(observableOf(source)).toBe(source);
  });
});
