import { describe, expect, it, jest } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  concat,
  lastValueFrom,
  of,
  repeat,
  retry,
  switchMap,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { StreamError, tool, type CallResponse, type Prices, type StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import {
  contents,
  cut,
  fail,
  finish,
  scriptedProvider,
  streamOf,
  text,
  toolCall,
  tuplesOf,
  usage,
  type Script,
  type ScriptedEvent,
  type ScriptedWire,
} from 'rx-llm/testing';
import { costMeter } from '../../../operators/cost/cost-meter.ts';
import {
  takeUntilCost,
  type TakeUntilCostOptions,
} from '../../../operators/cost/take-until-cost.ts';
import { runTools } from '../../../operators/steps/run-tools.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { flatPrices } from './flat-prices.ts';

const prices = flatPrices();

/** Counts of a call without input: a token of the output costs 0.1. */
const written = (outputTokens: number): ScriptedEvent => usage({ inputTokens: 0, outputTokens });

const answer = (words: string, outputTokens: number): Script => [
  text(words),
  finish(),
  written(outputTokens),
];

describe('takeUntilCost', () => {
  describe('as an operator', () => {
    const values = { a: 'one ', b: 'two ', c: 'three', x: '' };
    const events = { ...values, u: written(2), v: written(3), w: written(9) };
    const limited = takeUntilCost<StreamTuple<ScriptedWire, never>>(0.3, { prices });

    it('should emit the tuple that reaches the limit, complete and leave the source', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  -a-u-b-v-c-|', events);
        const subscription = ' ^------!';
        const expected = '     -a-x-b-(x|)';
        expectObservable(streamOf(source).pipe(limited, contents())).toBe(expected, values);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      });
    });

    it('should pass everything on that costs less', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  -a-u-b-c-|', events);
        const expected = '     -a-x-b-c-|';
        expectObservable(streamOf(source).pipe(limited, contents())).toBe(expected, values);
        expectSubscriptions(source.subscriptions).toBe('^--------!');
      });
    });

    it('should emit nothing for a source that never emits', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple<ScriptedWire, never>>('-');
        expectObservable(source.pipe(limited)).toBe('-');
        expectSubscriptions(source.subscriptions).toBe('^');
      });
    });

    it('should complete with an empty source', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple<ScriptedWire, never>>('--|');
        expectObservable(source.pipe(limited)).toBe('--|');
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });

    it('should emit a single tuple that costs more than all', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('--w--', events);
        expectObservable(streamOf(source).pipe(limited, contents())).toBe('--(x|)', values);
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });

    it('should error with the source', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const tuples = tuplesOf(events);
        const fault = new Error('cut');
        const source = cold('-a-u-#', tuples, fault);
        expectObservable(source.pipe(limited)).toBe('-a-u-#', tuples, fault);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('should leave the source when it is left', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-u-b-c-|', events);
        const result = streamOf(source).pipe(limited, contents());
        expectObservable(result, '^---!').toBe('-a-x-', values);
        expectSubscriptions(source.subscriptions).toBe('^---!');
      });
    });

    it('should start anew on every subscription of the same instance', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  -a-u-b-v-c-|', events);
        const result = streamOf(source).pipe(limited, contents());
        expectObservable(result).toBe('-a-x-b-(x|)', values);
        expectObservable(result, '---^').toBe('----a-x-b-(x|)', values);
        expectSubscriptions(source.subscriptions).toBe(['^------!', '---^------!']);
      });
    });

    it('should not make a request when nothing may be spent', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-|', events);
        expectObservable(streamOf(source).pipe(takeUntilCost(0, { prices }))).toBe('|');
        expectSubscriptions(source.subscriptions).toBe([]);
      });
    });

    it('should never end by itself without a limit', async () => {
      const stream = streamOf(answer('Hi', 1e9)).pipe(takeUntilCost(Infinity, { prices }));
      expect(await outcomeOf(stream)).toMatchObject({ completed: true, values: [{}, {}, {}] });
    });
  });

  it('should leave a response that is interrupted, and counts what it cost', async () => {
    const llm = scriptedProvider([
      text('one '),
      written(2),
      text('two '),
      written(5),
      text('three'),
    ]);
    const ask = llm.call({ model: 'any-model', prices }, () => 'Hello');
    const response = await lastValueFrom(ask().pipe(takeUntilCost(0.5), toCallResponse()));
    expect(response).toMatchObject({ content: 'one two ', interrupted: true, cost: 0.5 });
    expect(llm.requests.map(({ state }) => state)).toEqual(['unsubscribed']);
  });

  describe('over several calls', () => {
    it('should add up what retries cost, and make no further one', async () => {
      const llm = scriptedProvider([written(2), text('Hi'), cut()]);
      const ask = llm.call('any-model', () => 'Hello');
      const stream = ask().pipe(retry(9), takeUntilCost(0.6, { prices }));
      expect(await outcomeOf(stream)).toMatchObject({ completed: true });
      expect(llm.requests).toHaveLength(3);
    });

    it('should not add up a call’s own counts', async () => {
      const counts = [1, 2, 3, 4].map(written);
      const stream = streamOf([...counts, text('Hi')]).pipe(takeUntilCost(0.5, { prices }));
      expect((await outcomeOf(stream)).values).toHaveLength(6);
    });

    it('should act between calls where usage comes at the end of each', async () => {
      const llm = scriptedProvider((_, position) => answer(`answer ${position} `, 4));
      const ask = llm.call('any-model', () => 'Hello');
      const stream = ask().pipe(repeat(9), takeUntilCost(1, { prices }), contents());
      expect((await outcomeOf(stream)).values.join('')).toBe('answer 0 answer 1 answer 2 ');
      expect(llm.requests.map(({ state }) => state)).toEqual(['finished', 'finished', 'finished']);
    });

    it('should end a tool loop', async () => {
      const execute = jest.fn(() => 'rain');
      const weather = tool({ name: 'get_weather', parameters: z.object({}), execute });
      const llm = scriptedProvider([
        toolCall({ name: 'get_weather' }),
        finish('tool_calls'),
        written(2),
      ]);
      const ask = llm.call({ model: 'any-model', tools: [weather] }, () => 'Weather?');
      const stream = ask().pipe(
        runTools({ maxSteps: 9 }),
        takeUntilCost(0.6, { prices }),
        toCallResponse(),
      );
      const response = await lastValueFrom(stream);
      expect(response).toMatchObject({ interrupted: true });
      expect(response.steps).toHaveLength(2);
      expect(llm.requests).toHaveLength(3);
      expect(execute).toHaveBeenCalledTimes(2);
    });

    it('should stop exactly where the sum comes up to the limit, whatever the calls cost', () => {
      const cents = fc.array(fc.array(fc.nat(50), { maxLength: 6 }), {
        minLength: 1,
        maxLength: 6,
      });
      fc.assert(
        fc.property(cents, fc.integer({ min: 1, max: 300 }), (calls, limit) => {
          // Counts of a call only grow.
          const growing = calls.map((steps) => {
            let sum = 0;
            return steps.map((step) => (sum += step));
          });
          const tuples = growing.map((steps) =>
            Object.values(
              tuplesOf(Object.fromEntries(steps.map((count, at) => [`t${at}`, written(count)]))),
            ),
          );
          let passed = 0;
          of(...tuples.flat())
            .pipe(takeUntilCost(limit / 10, { prices }))
            .subscribe(() => passed++);
          let expected = 0;
          let before = 0;
          search: for (const steps of growing) {
            for (const count of steps) {
              expected++;
              if (before + count >= limit) break search;
            }
            before += steps.at(-1) ?? 0;
          }
          expect(passed).toBe(expected);
        }),
      );
    });
  });

  describe('with an estimate', () => {
    const estimating = { prices: flatPrices(), estimate: (words: string) => words.length };

    it('should act within a call', async () => {
      const stream = streamOf(['12345', '12345', '12345']).pipe(
        takeUntilCost(1.1, estimating),
        contents(),
      );
      // The prompt, 'scripted prompt', costs 0.15.
      expect((await outcomeOf(stream)).values).toEqual(['12345', '12345']);
    });

    it('should go on with what was really used when that is less', async () => {
      const one = [text('123456789'), finish(), written(1)];
      const stream = concat(streamOf(one), streamOf(one)).pipe(
        takeUntilCost(1.1, estimating),
        contents(),
      );
      const { values } = await outcomeOf(stream);
      expect(values).toEqual(['123456789', '', '', '123456789']);
    });

    it('should error when the estimate is no number', async () => {
      const broken = { prices, estimate: () => NaN };
      const stream = streamOf(['Hi', 'there']).pipe(takeUntilCost(1, broken));
      expect(await outcomeOf(stream)).toMatchObject({
        values: [],
        error: {
          code: 'operator',
          cause: { message: 'estimate must give a number of tokens, 0 or more, not NaN' },
          partial: { content: 'Hi' },
        },
      });
    });

    it('should keep what had arrived when a price list throws', async () => {
      const fault = new Error('my own');
      const failing: Prices = (asked) => {
        if ((asked.usage.outputTokens ?? 0) > 2) throw fault;
        return prices(asked);
      };
      for (const onUnknown of ['error', 'ignore'] as const) {
        const limited = takeUntilCost<StreamTuple<ScriptedWire, never>>(1, {
          prices: failing,
          estimate: (words) => words.length,
          onUnknown,
        });
        const { error } = await outcomeOf(
          streamOf(['Hi', 'there']).pipe(limited, toCallResponse()),
        );
        expect(error).toBeInstanceOf(StreamError);
        expect(error).toMatchObject({ code: 'operator', cause: fault });
        expect((error as StreamError).partial?.content).toMatch(/^Hi/);
      }
    });
  });

  describe('where costs cannot be known', () => {
    const failure = async (
      stream: Observable<StreamTuple<ScriptedWire, never>>,
      options?: TakeUntilCostOptions,
    ) => {
      const { values, error } = await outcomeOf(stream.pipe(takeUntilCost(1, options)));
      return { values, error: error as StreamError };
    };

    it('should error at the first tuple of a call without a price list', async () => {
      const llm = scriptedProvider(['He', 'llo']);
      const { values, error } = await failure(llm.call('any-model', () => 'Hello')());
      expect(values).toHaveLength(1);
      expect(error).toBeInstanceOf(StreamError);
      expect(error.message).toContain('The call has no price list');
      expect(error.partial).toMatchObject({ content: 'He', interrupted: true });
      expect(llm.requests.map(({ state }) => state)).toEqual(['unsubscribed']);
    });

    it('should error at the first tuple of a model the list does not know', async () => {
      const { values, error } = await failure(streamOf(['He', 'llo']), { prices: flatPrices([]) });
      expect(values).toHaveLength(1);
      expect(error.message).toBe(
        "[scripted] The price list does not know what scripted-model costs; give prices that do. onUnknown: 'ignore' goes on without.",
      );
    });

    it('should wait for the name of the model that answers', async () => {
      const script = [text(''), { model: 'known', content: 'Hi' }, finish(), written(1)];
      const { error } = await failure(streamOf(script), { prices: flatPrices(['known']) });
      expect(error).toBeNull();
    });

    it('should keep what had arrived when the response is put together', async () => {
      const stream = streamOf(['He', 'llo']).pipe(takeUntilCost(1), toCallResponse());
      const { error } = await outcomeOf(stream);
      expect((error as StreamError).partial?.content).toBe('He');
    });

    it('should limit what is known where that is asked for', async () => {
      const known = { model: 'known', content: 'Hi' };
      const stream = concat(
        streamOf('unknown'),
        streamOf([known, finish(), written(5)]),
        streamOf([known, finish(), written(5)]),
        streamOf([known, finish(), written(5)]),
      ).pipe(takeUntilCost(1, { prices: flatPrices(['known']), onUnknown: 'ignore' }), contents());
      expect((await outcomeOf(stream)).values.join('')).toBe('unknownHiHi');
    });

    it('should error when a call follows one that ended without its counts', async () => {
      const { values, error } = await failure(concat(streamOf('one'), streamOf('two')), { prices });
      expect(values).toHaveLength(3);
      expect(error.message).toContain('A call has ended without its token counts');
    });

    it('should error when a step follows one that ended without its counts', async () => {
      const weather = tool({
        name: 'get_weather',
        parameters: z.object({}),
        execute: () => 'rain',
      });
      const llm = scriptedProvider([toolCall({ name: 'get_weather' })]);
      const ask = llm.call({ model: 'any-model', tools: [weather] }, () => 'Weather?');
      const { error } = await outcomeOf(ask().pipe(runTools(), takeUntilCost(1, { prices })));
      expect((error as StreamError).message).toContain('A call has ended without its token counts');
      expect(llm.requests).toHaveLength(2);
    });

    it('should leave a failed call to retry, counting what is known of it', async () => {
      const llm = scriptedProvider((_, position) =>
        position < 2 ? [text('Hi'), fail({ code: 'server' })] : answer('Hello', 1),
      );
      const ask = llm.call('any-model', () => 'Hello');
      const { error, values } = await failure(ask().pipe(retry(2)), { prices });
      expect(error).toBeNull();
      expect(values).toHaveLength(5);
    });
  });

  describe('with a meter', () => {
    it('should limit what is measured elsewhere as well', async () => {
      const meter = costMeter({ prices });
      const llm = scriptedProvider((_, position) =>
        position === 0 ? answer('one', 4) : counting(),
      );
      const counting = (): Script => [1, 2, 3, 4].map(written);
      const ask = llm.call('any-model', () => 'Hello');
      const chain = ask().pipe(
        meter.measure(),
        toCallResponse(),
        switchMap(() => ask().pipe(takeUntilCost(0.7, { meter }))),
      );
      expect((await outcomeOf(chain)).values).toHaveLength(3);
      expect(meter.total).toBeCloseTo(0.7, 12);
    });

    it('should end when another stream reaches the limit, without losing a tuple of either', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const values = { a: 'a', b: 'b', x: '' };
        const events = { ...values, u: written(2), v: written(4) };
        const meter = costMeter({ prices });
        const one = cold('  -a-u-a-a-|', events);
        const other = cold('-b-b-v-b-|', events);
        const limit = takeUntilCost<StreamTuple<ScriptedWire, never>>(0.6, { meter });
        expectObservable(streamOf(one).pipe(limit, contents())).toBe('  -a-x-(a|)', values);
        expectObservable(streamOf(other).pipe(limit, contents())).toBe('-b-b-(x|)', values);
        expectSubscriptions(one.subscriptions).toBe('  ^----!');
        expectSubscriptions(other.subscriptions).toBe('^----!');
      });
    });

    it('should not make a request when the limit was reached before', async () => {
      const meter = costMeter({ prices });
      await outcomeOf(streamOf(answer('Hi', 9)).pipe(meter.measure()));
      const llm = scriptedProvider('Hi');
      const stream = llm
        .call('any-model', () => 'Hello')()
        .pipe(takeUntilCost(0.9, { meter }));
      expect(await outcomeOf(stream)).toMatchObject({ values: [], completed: true });
      expect(llm.requests).toEqual([]);
    });

    it('should not make a request that the tuple sets off with which the limit is reached', () => {
      const meter = costMeter({ prices });
      const llm = scriptedProvider('Hi');
      const limited = llm
        .call('any-model', () => 'Hello')()
        .pipe(takeUntilCost(0.2, { meter }));
      let completed = false;
      of(tuplesOf({ u: written(2) }).u)
        .pipe(
          meter.measure(),
          switchMap(() => limited),
        )
        .subscribe({ complete: () => (completed = true) });
      expect(completed).toBe(true);
      expect(llm.requests).toEqual([]);
    });

    it('should not make a request when the meter does not know what calls before have cost', async () => {
      const meter = costMeter({ prices });
      const llm = scriptedProvider('Hi');
      const stream = llm
        .call('any-model', () => 'Hello')()
        .pipe(takeUntilCost(1, { meter }));
      expect(await outcomeOf(stream)).toMatchObject({ completed: true });
      const { error } = await outcomeOf(stream);
      expect((error as StreamError).message).toContain('A call has ended without its token counts');
      expect(llm.requests).toHaveLength(1);
    });

    it('should count once what the meter measures in the same pipe', async () => {
      const meter = costMeter({ prices });
      const stream = streamOf([1, 2, 3, 4, 5].map(written)).pipe(
        meter.measure(),
        takeUntilCost(0.4, { meter }),
      );
      expect((await outcomeOf(stream)).values).toHaveLength(4);
    });

    it('should go on counting on every subscription', async () => {
      const meter = costMeter({ prices });
      const stream = streamOf(answer('Hi', 4)).pipe(takeUntilCost(1, { meter }), contents());
      const rounds = [await outcomeOf(stream), await outcomeOf(stream), await outcomeOf(stream)];
      expect(rounds.map(({ values }) => values.length)).toEqual([3, 3, 3]);
      expect((await outcomeOf(stream)).values).toEqual([]);
      expect(meter.total).toBeCloseTo(1.2, 12);
    });
  });

  describe('options', () => {
    it.each([-1, NaN])('should refuse a limit of %p', (limit) => {
      expect(() => takeUntilCost(limit)).toThrow(RangeError);
      expect(() => takeUntilCost(limit)).toThrow('takeUntilCost: the limit must be 0 or more');
    });

    it('should refuse prices or an estimate beside a meter', () => {
      const meter = costMeter();
      // @ts-expect-error: the meter has the prices
      expect(() => takeUntilCost(1, { meter, prices })).toThrow(TypeError);
      // @ts-expect-error: the meter has the estimate
      expect(() => takeUntilCost(1, { meter, estimate: () => 1 })).toThrow(
        'takeUntilCost: a meter has its own prices and estimate: costMeter({ prices, estimate })',
      );
    });

    it('should keep the types of a stream', () => {
      const weather = tool({ name: 'get_weather', parameters: z.object({}) });
      const stream = streamOf('Hi', { tools: [weather] });
      const result = stream.pipe(takeUntilCost(1, { prices }), toCallResponse());
      expectTypeOf(result).toEqualTypeOf<Observable<CallResponse<ScriptedWire, typeof weather>>>();
      expectTypeOf(takeUntilCost<StreamTuple>(1)).toEqualTypeOf<
        MonoTypeOperatorFunction<StreamTuple>
      >();
      // @ts-expect-error: a stream of anything else costs nothing
      void of('text').pipe(takeUntilCost(1));
    });
  });
});
