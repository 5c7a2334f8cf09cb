import { describe, expect, it } from '@jest/globals';
import { Subject, take } from 'rxjs';
import { regroup, type Regrouping } from '../../operators/regroup.ts';
import { inVirtualTime } from '../support/virtual-time.ts';

/** Values, two by two. */
function pairing(): Regrouping<string, string> {
  let held = '';
  return {
    *add(value) {
      for (held += value; held.length >= 2; held = held.slice(2)) yield held.slice(0, 2);
    },
    rest: () => (held === '' ? [] : [held]),
  };
}

const pairs = regroup(pairing);

describe('regroup', () => {
  const values = { a: 'a', b: 'bcd', e: 'e' };
  const expected = { x: 'ab', y: 'cd', a: 'a', e: 'e' };

  it('should emit what a value makes whole, and the rest before the completion', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('             -a-b----e-|   ', values);
      expectObservable(source.pipe(pairs)).toBe('---(xy)---(e|)', expected);
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    });
  });

  it('should emit the rest before an error', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('            -a-b----e-#   ', values, 'mine');
      expectObservable(source.pipe(pairs)).toBe('---(xy)---(e#)', expected, 'mine');
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    });
  });

  it('should never emit and complete as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-');
      const empty = cold('--|');
      expectObservable(never.pipe(pairs)).toBe('-');
      expectObservable(empty.pipe(pairs)).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
    });
  });

  it('should leave the source when it is unsubscribed from, and drop the rest', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b----e-|', values);
      expectObservable(source.pipe(pairs), '--!').toBe('-');
      expectObservable(source.pipe(pairs, take(1))).toBe('---(x|)', expected);
      expectSubscriptions(source.subscriptions).toBe(['^-!', '^--!']);
    });
  });

  it('should begin anew for every subscription', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-a-b---|', values).pipe(pairs);
      expectObservable(result).toBe('---(xy)|', expected);
      expectObservable(result, '--^').toBe('-----(xy)|', expected);
    });
  });

  it('should emit what a value gave before what that brings about', () => {
    const source = new Subject<string>();
    const said: string[] = [];
    source.pipe(pairs).subscribe({
      next: (pair) => {
        said.push(pair);
        if (pair === 'ab') source.next('ef');
        if (pair === 'cd') source.complete();
      },
      complete: () => said.push('|'),
    });
    source.next('abcd');
    expect(said).toEqual(['ab', 'cd', 'ef', '|']);
  });

  it('should hand on what the regrouping throws', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-|', values);
      const failing = regroup<string, string>(() => ({
        add: () => {
          throw new Error('mine');
        },
        rest: () => [],
      }));
      expectObservable(source.pipe(failing)).toBe('-#', {}, new Error('mine'));
      expectSubscriptions(source.subscriptions).toBe('^!');
    });
  });
});
