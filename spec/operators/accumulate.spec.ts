import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  defer,
  EMPTY,
  last,
  lastValueFrom,
  map,
  retry,
  take,
  toArray,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { tool, type CallResponse, type Tool } from 'rx-llm';
import { accumulate } from 'rx-llm/operators';
import {
  contents,
  finish,
  streamOf,
  text,
  thinking,
  toolCall,
  tuplesOf,
  usage,
  type ScriptedWire,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

describe('accumulate', () => {
  const values = tuplesOf({ a: 'He', b: 'llo', c: '!' });
  const grown = { a: 'He', b: 'Hello', c: 'Hello!' };

  it('should emit everything so far after every tuple', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -a-b-c-|', values);
      const subscription = ' ^------!';
      const expected = '     -a-b-c-|';
      expectObservable(source.pipe(accumulate(), contents())).toBe(expected, grown);
      expectSubscriptions(source.subscriptions).toBe(subscription);
    });
  });

  it('should do nothing for a source that never emits', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-', values);
      expectObservable(source.pipe(accumulate())).toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^');
    });
  });

  it('should complete with an empty source', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' --|', values);
      expectObservable(source.pipe(accumulate())).toBe('--|');
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should error with the source, after what it has emitted', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' -a-b-#', values);
      expectObservable(source.pipe(accumulate(), contents())).toBe('-a-b-#', grown);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-c-|', values);
      const unsubscribe = '----!';
      expectObservable(source.pipe(accumulate(), contents()), unsubscribe).toBe('-a-b-', grown);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it('should leave the source when what follows has had enough', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-c-|', values);
      expectObservable(source.pipe(accumulate(), take(2), contents())).toBe('-a-(b|)', grown);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-a-b-|', values).pipe(accumulate(), contents());
      expectObservable(result).toBe('-a-b-|', grown);
      expectObservable(result).toBe('-a-b-|', grown);
    });
  });

  it('should start anew for another call, as after a retry', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const calls = [
        streamOf(cold('a#', { a: 'one' })),
        streamOf(cold('ab|', { a: 'two', b: '!' })),
      ];
      const attempts = defer(() => calls.shift() ?? EMPTY);
      const result = attempts.pipe(retry(1), accumulate(), contents());
      expectObservable(result).toBe('abc|', { a: 'one', b: 'two', c: 'two!' });
    });
  });

  it('should collect thinking, tools, counts and finish reasons', async () => {
    const call = toolCall({ name: 'get_weather', args: { city: 'Oslo' } });
    const counts = usage({ inputTokens: 3, outputTokens: 5 });
    const source = streamOf([thinking('Hm'), text('Let me see'), call, finish(), counts], {
      tools: [weather],
    });
    const response = await lastValueFrom(source.pipe(accumulate()));
    expect(response).toMatchObject({
      thinking: 'Hm',
      content: 'Let me see',
      tools: [{ name: 'get_weather', args: { city: 'Oslo' }, error: null }],
      inputTokens: 3,
      outputTokens: 5,
      cachedTokens: null,
      commonFinishReasons: ['tool_calls'],
      interrupted: false,
    });
  });

  it('should share between snapshots whatever did not change', async () => {
    const call = toolCall({ name: 'get_weather', args: { city: 'Oslo' } });
    const source = streamOf([call, usage({ inputTokens: 3 }), 'a', 'b', finish()], {
      tools: [weather],
    });
    const snapshots = await lastValueFrom(source.pipe(accumulate(), toArray()));
    for (const [position, after] of snapshots.slice(1).entries()) {
      const before = snapshots[position]!;
      expect(after).not.toBe(before);
      expect(after.metadata).toBe(before.metadata);
      if (before.tools.length === after.tools.length) expect(after.tools).toBe(before.tools);
      if (before.inputTokens !== null) {
        expect(after.usage).toBe(before.usage);
        expect(after.commonUsage).toBe(before.commonUsage);
      }
    }
  });

  it('should give snapshots that never change, and whose text is what had arrived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 1 }), async (texts) => {
        const snapshots = await lastValueFrom(
          streamOf(texts.map((part) => text(part))).pipe(accumulate(), toArray()),
        );
        const contents = snapshots.slice(0, texts.length).map(({ content }) => content);
        expect(contents).toEqual(texts.map((_, end) => texts.slice(0, end + 1).join('')));
      }),
    );
  });

  it('should keep the types of provider and tools', () => {
    const result = streamOf('Hi', { tools: [weather] }).pipe(accumulate(), last());
    expectTypeOf(result).toEqualTypeOf<Observable<CallResponse<ScriptedWire, typeof weather>>>();
    const tools = result.pipe(map(({ tools }) => tools));
    expectTypeOf(tools).toEqualTypeOf<Observable<readonly Tool<typeof weather, ScriptedWire>[]>>();
  });
});
