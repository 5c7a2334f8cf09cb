import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { filter, lastValueFrom, map, take, toArray, type Observable } from 'rxjs';
import { z } from 'zod';
import { responseModel, tool, type Tool } from 'rx-llm';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import {
  scriptedProvider,
  streamOf,
  toolCall,
  toolCallPieces,
  tuplesOf,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { tools } from '../../../operators/views/tools.ts';
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

const oslo = { name: 'get_weather', args: { city: 'Oslo' } };

/** A call that asks for tools piece by piece. */
const inPieces = (script: Script) =>
  scriptedProvider(script).call({ model: 'm', tools: declared, partialTools: true }, () => 'Hi')();

const textOf = ({ argumentsText }: Tool): string => argumentsText;

describe('tools', () => {
  const values = tuplesOf(
    { a: 'Hm', w: toolCall(oslo), i: toolCall({ name: 'count', argumentsText: '{"to":' }) },
    { tools: declared },
  );
  const names = map(({ name }: Tool) => name);
  const named = { w: 'get_weather', i: 'count' };

  it('should give the tools, those that must not run too', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-w-a-i-|', values);
      expectObservable(source.pipe(tools(), names)).toBe('---w---i-|', named);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-', values);
      const empty = cold('--|', values);
      const failing = cold('-w-#', values);
      expectObservable(never.pipe(tools())).toBe('-');
      expectObservable(empty.pipe(tools())).toBe('--|');
      expectObservable(failing.pipe(tools(), names)).toBe('-w-#', named);
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^--!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-w-a-i-|', values);
      expectObservable(source.pipe(tools(), names), '--!').toBe('-w-', named);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should give the same to every subscriber of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-w-i-|', values).pipe(tools(), names);
      expectObservable(result).toBe('-w-i-|', named);
      expectObservable(result, '--^').toBe('---w-i-|', named);
    });
  });

  it('should give those of the response, with partial tools and without', async () => {
    const script = [...toolCallPieces(oslo), toolCall({ name: 'count', args: { to: '3' } })];
    for (const source of [inPieces(script), streamOf(script, { tools: declared })]) {
      const given = await lastValueFrom(source.pipe(tools(), toArray()));
      const response = await lastValueFrom(source.pipe(toCallResponse()));
      expect(given.map(({ args }) => args)).toEqual([{ city: 'Oslo' }, { to: 3 }]);
      expect(given.map(textOf)).toEqual(response.tools.map(textOf));
    }
  });

  it('should not give the tool that stands for the answer', async () => {
    const model = responseModel(z.object({ a: z.number() }), { mode: 'tool' });
    const llm = scriptedProvider(toolCallPieces({ name: 'response', args: { a: 1 } }));
    const options = { model: 'm', responseModel: model, partialTools: true } as const;
    const source = llm.call(options, () => 'Hi')();
    expect(await lastValueFrom(source.pipe(tools(), toArray()))).toEqual([]);
  });

  it('should know the tools and the provider by type', () => {
    type Expected = Observable<Tool<typeof weather | typeof count, ScriptedWire>>;
    const source = streamOf('Hi', { tools: declared });
    expectTypeOf(source.pipe(tools())).toEqualTypeOf<Expected>();
    expectTypeOf(source.pipe(takeUntilContains('!'), tools())).toEqualTypeOf<Expected>();
    const partial = inPieces('Hi');
    expectTypeOf(partial.pipe(tools())).toEqualTypeOf<Expected>();
    const piped = partial.pipe(
      filter(([chunk]) => chunk.content === ''),
      take(3),
      tools(),
    );
    expectTypeOf(piped).toEqualTypeOf<Expected>();
    expectTypeOf(streamOf('Hi').pipe(tools())).toEqualTypeOf<
      Observable<Tool<never, ScriptedWire>>
    >();
  });
});
