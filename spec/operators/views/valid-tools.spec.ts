import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, map, mergeMap, toArray, type Observable } from 'rxjs';
import { z } from 'zod';
import { tool, type ValidTool } from 'rx-llm';
import { scriptedProvider, streamOf, toolCall, tuplesOf, type ScriptedWire } from 'rx-llm/testing';
import { validTools } from '../../../operators/views/valid-tools.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

const weather = tool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Rain in ${city}`,
});
const count = tool({
  name: 'count',
  parameters: z.object({ to: z.coerce.number() }),
  execute: ({ to }) => to,
});
const declared = [weather, count];

describe('validTools', () => {
  const values = tuplesOf(
    {
      a: 'Hm',
      w: toolCall({ name: 'get_weather', args: { city: 'Oslo' } }),
      c: toolCall({ name: 'count', args: { to: '3' } }),
      u: toolCall({ name: 'unknown', args: {} }),
      i: toolCall({ name: 'get_weather', args: { town: 'Oslo' } }),
    },
    { tools: declared },
  );
  const args = map(({ args }: { readonly args: object }) => args);
  const expected = { w: { city: 'Oslo' }, c: { to: 3 } };

  it('should give the tools that may run and leave out the others', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-w-u-i-c-|', values);
      expectObservable(source.pipe(validTools(), args)).toBe('---w-----c-|', expected);
      expectSubscriptions(source.subscriptions).toBe('^----------!');
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-', values);
      const empty = cold('--|', values);
      const failing = cold('-w-#', values);
      expectObservable(never.pipe(validTools())).toBe('-');
      expectObservable(empty.pipe(validTools())).toBe('--|');
      expectObservable(failing.pipe(validTools(), args)).toBe('-w-#', expected);
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^--!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-w-a-c-|', values);
      expectObservable(source.pipe(validTools(), args), '--!').toBe('-w-', expected);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should give the same to every subscriber of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-w-c-|', values).pipe(validTools(), args);
      expectObservable(result).toBe('-w-c-|', expected);
      expectObservable(result, '--^').toBe('---w-c-|', expected);
    });
  });

  it('should give what can be run and is typed so', async () => {
    const script = [toolCall({ name: 'count', args: { to: 3 } })];
    const source = streamOf(script, { tools: declared }).pipe(validTools());
    expectTypeOf(source).toEqualTypeOf<
      Observable<
        | ValidTool<ScriptedWire, 'get_weather', { city: string }, string>
        | ValidTool<ScriptedWire, 'count', { to: number }, number>
      >
    >();
    const outputs = source.pipe(mergeMap((tool): Observable<string | number> => tool.call()));
    expect(await lastValueFrom(outputs.pipe(toArray()))).toEqual([3]);
  });

  it('should take tuples with partial tools', () => {
    const options = { model: 'm', tools: [count], partialTools: true } as const;
    const source = scriptedProvider('Hi').call(options, () => 'Hi')();
    expectTypeOf(source.pipe(validTools())).toEqualTypeOf<
      Observable<ValidTool<ScriptedWire, 'count', { to: number }, number>>
    >();
  });
});
