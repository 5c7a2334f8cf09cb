import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { lastValueFrom, toArray, type Observable } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { finish, streamOf, thinking, tuplesOf } from 'rx-llm/testing';
import { thinkingDeltas } from '../../../operators/views/thinking-deltas.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

describe('thinkingDeltas', () => {
  const values = tuplesOf({ a: thinking('Hm'), t: 'Hello', b: thinking(', and') });
  const thoughts = { a: 'Hm', b: ', and' };

  it('should give the thinking and leave out what has none', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-t-b-|', values);
      expectObservable(source.pipe(thinkingDeltas())).toBe('-a---b-|', thoughts);
      expectSubscriptions(source.subscriptions).toBe('^------!');
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-', values);
      const empty = cold('--|', values);
      const failing = cold('-a-#', values);
      expectObservable(never.pipe(thinkingDeltas())).toBe('-');
      expectObservable(empty.pipe(thinkingDeltas())).toBe('--|');
      expectObservable(failing.pipe(thinkingDeltas())).toBe('-a-#', thoughts);
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^--!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-t-b-|', values);
      expectObservable(source.pipe(thinkingDeltas()), '--!').toBe('-a-', thoughts);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should give the same to every subscriber of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-a-b-|', values).pipe(thinkingDeltas());
      expectObservable(result).toBe('-a-b-|', thoughts);
      expectObservable(result, '--^').toBe('---a-b-|', thoughts);
    });
  });

  it('should add up to the thinking of the response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), async (pieces) => {
        const source = streamOf([...pieces.map((piece) => thinking(piece)), finish()]);
        const deltas = await lastValueFrom(source.pipe(thinkingDeltas(), toArray()));
        const response = await lastValueFrom(source.pipe(toCallResponse()));
        expect(deltas.join('')).toBe(response.thinking);
        expect(deltas).not.toContain('');
      }),
    );
  });

  it('should take tuples of any call', () => {
    expectTypeOf(streamOf('Hi').pipe(thinkingDeltas())).toEqualTypeOf<Observable<string>>();
  });
});
