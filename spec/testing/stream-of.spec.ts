import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { map, take } from 'rxjs';
import { z } from 'zod';
import { tool } from 'rx-llm';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { contents, streamOf, toolCall } from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

describe('streamOf', () => {
  it('should put an operator to the test by marbles', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('a-b-c|', { a: 'one ', b: 'END', c: ' two' });
      const result = streamOf(script).pipe(takeUntilContains('END'), contents());
      expectObservable(result).toBe('a-(b|)', { a: 'one ', b: 'END' });
      expectSubscriptions(script.subscriptions).toBe('^-!');
    });
  });

  it('should end truthfully: whole when read to its end, interrupted when left', () => {
    inVirtualTime(({ expectObservable }) => {
      const source = streamOf('one two');
      const interrupted = map((response: { interrupted: boolean }) => response.interrupted);
      expectObservable(source.pipe(toCallResponse(), interrupted)).toBe('(r|)', { r: false });
      expectObservable(source.pipe(take(1), toCallResponse(), interrupted)).toBe('(r|)', {
        r: true,
      });
    });
  });

  it('should carry typed tools', () => {
    inVirtualTime(({ flush }) => {
      const source = streamOf([toolCall({ name: 'get_weather', args: { city: 'Oslo' } })], {
        tools: [weather],
      });
      const cities: string[] = [];
      source.subscribe(([, called]) => {
        if (called === null || called.error) return;
        expectTypeOf(called.args).toEqualTypeOf<{ city: string }>();
        cities.push(called.args.city);
      });
      flush();
      expect(cities).toEqual(['Oslo']);
    });
  });

  it('should take the options of a provider', () => {
    inVirtualTime(({ expectObservable }) => {
      const source = streamOf('a b', { interval: 2, name: 'openai' });
      const answer = source.pipe(map(([chunk]) => chunk.call.provider.name + chunk.content));
      expectObservable(answer).toBe('--a-b-(c|)', { a: 'openaia', b: 'openai b', c: 'openai' });
    });
  });
});
