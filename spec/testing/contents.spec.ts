import { describe, it } from '@jest/globals';
import { accumulate } from 'rx-llm/operators';
import { contents, streamOf, tuplesOf } from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

describe('contents', () => {
  it('should give the text of every tuple', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' -a-b-|', tuplesOf({ a: 'He', b: 'llo' }));
      const expected = '    -a-b-|';
      const subscription = '^----!';
      expectObservable(source.pipe(contents())).toBe(expected, { a: 'He', b: 'llo' });
      expectSubscriptions(source.subscriptions).toBe(subscription);
    });
  });

  it('should give the text of every response', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = streamOf(cold('-a-b-|')).pipe(accumulate(), contents());
      expectObservable(source).toBe('-a-c-|', { a: 'a', c: 'ab' });
    });
  });

  it('should error with the source and stop with its subscriber', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-#', tuplesOf({ a: 'He' }));
      expectObservable(source.pipe(contents())).toBe('a-#', { a: 'He' });
      expectObservable(source.pipe(contents()), '^!').toBe('a', { a: 'He' });
      expectSubscriptions(source.subscriptions).toBe(['^-!', '^!']);
    });
  });
});
