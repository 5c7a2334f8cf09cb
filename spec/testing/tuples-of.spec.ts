import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { concat, map, of } from 'rxjs';
import { z } from 'zod';
import { tool } from 'rx-llm';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import {
  contents,
  finish,
  toolCall,
  toolCallPieces,
  tupleOf,
  tuplesOf,
  usage,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

const outcome = map(({ content, interrupted }: { content: string; interrupted: boolean }) => ({
  content,
  interrupted,
}));

describe('tuplesOf', () => {
  it('should give values for a marble that accumulate', () => {
    inVirtualTime(({ cold, hot, expectObservable }) => {
      const values = tuplesOf({ a: 'Hello', b: ' world' });
      const expected = { a: 'Hello', b: 'Hello world' };
      expectObservable(cold('-a-b-|', values).pipe(accumulate(), contents())).toBe(
        '-a-b-|',
        expected,
      );
      expectObservable(hot('-a-b-|', values).pipe(accumulate(), contents())).toBe(
        '-a-b-|',
        expected,
      );
    });
  });

  it('should be whole by default, and interrupted when not ended', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const whole = cold('ab|', tuplesOf({ a: 'Hello', b: finish() })).pipe(toCallResponse());
      const left = cold('a-|', tuplesOf({ a: 'Hello' }, { ended: false })).pipe(toCallResponse());
      expectObservable(whole.pipe(outcome)).toBe('--(r|)', {
        r: { content: 'Hello', interrupted: false },
      });
      expectObservable(left.pipe(outcome)).toBe('--(r|)', {
        r: { content: 'Hello', interrupted: true },
      });
    });
  });

  it('should bring tools and counts, typed', () => {
    const [first, second, third] = toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } });
    const tuples = tuplesOf(
      { a: first!, b: second!, c: third!, d: usage({ outputTokens: 5 }) },
      { tools: [weather] },
    );
    expect([tuples.a[1], tuples.b[1]]).toEqual([null, null]);
    expect(tuples.c[1]).toMatchObject({ name: 'get_weather', args: { city: 'Oslo' } });
    expect(tuples.d[0].outputTokens).toBe(5);
    const [, called] = tuples.c;
    if (called && !called.error) expectTypeOf(called.args).toEqualTypeOf<{ city: string }>();
    // @ts-expect-error no such event
    expect(tuples.e).toBeUndefined();
  });

  it('should be one call each time it is called', () => {
    inVirtualTime(({ expectObservable }) => {
      const one = tuplesOf({ a: 'Hello' });
      const two = tuplesOf({ a: 'Bye' });
      expectObservable(concat(of(one.a), of(two.a)).pipe(accumulate(), contents())).toBe('(ab|)', {
        a: 'Hello',
        b: 'Bye',
      });
    });
  });

  it('should leave a call that no event finishes open', () => {
    const [first] = toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } });
    expect(tupleOf(first!, { tools: [weather] })[1]).toBeNull();
  });

  it('should be empty for no events', () => {
    expect(tuplesOf({})).toEqual({});
  });

  it('should refuse an event that takes several tuples', () => {
    const calls = ['Oslo', 'Rome'].flatMap(
      (city) => toolCall({ name: 'get_weather', args: { city } }).toolCalls ?? [],
    );
    expect(() => tuplesOf({ a: { toolCalls: calls } })).toThrow('Event "a" finishes several');
  });
});

describe('tupleOf', () => {
  it('should be a tuple of an event', () => {
    const [chunk, called] = tupleOf('Hello');
    expect(chunk).toMatchObject({
      content: 'Hello',
      continuation: false,
      chunk: { content: 'Hello' },
    });
    expect(`${chunk}`).toBe('Hello');
    expect(called).toBeNull();
  });

  it('should be of a call that has ended, or not', () => {
    expect(tupleOf('Hello')[0].call.ended()).toBe(true);
    expect(tupleOf('Hello', { ended: false })[0].call.ended()).toBe(false);
  });
});
