import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  concat,
  from,
  lastValueFrom,
  map,
  merge,
  NEVER,
  of,
  retry,
  share,
  shareReplay,
  Subject,
  switchMap,
  take,
  takeUntil,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { tool, type CallResponse, type StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import {
  contents,
  cut,
  finish,
  scriptedProvider,
  stall,
  streamOf,
  text,
  toolCall,
  tuplesOf,
  usage,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { costMeter, type CostMeter } from '../../../operators/cost/cost-meter.ts';
import type { CostReading } from '../../../operators/cost/cost-ledger.ts';
import { runTools } from '../../../operators/steps/run-tools.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { flatPrices } from './flat-prices.ts';

const prices = flatPrices();

/** An answer that costs 0.1 with every token. */
const answer = (words: string, outputTokens: number): Script => [
  text(words),
  finish(),
  usage({ inputTokens: 0, outputTokens }),
];

describe('costMeter', () => {
  const events = { a: 'He', u: usage({ inputTokens: 0, outputTokens: 2 }) };

  it('should read nothing before it has measured anything', () => {
    const { total, unknown, currency } = costMeter();
    expect([total, unknown, currency]).toEqual([0, 0, null]);
  });

  describe('measure', () => {
    it('should pass tuples through and add what they cost', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const tuples = tuplesOf(events);
        const meter = costMeter({ prices });
        const source = cold('-a-u-|', tuples);
        expectObservable(source.pipe(meter.measure())).toBe('-a-u-|', tuples);
        expectSubscriptions(source.subscriptions).toBe('^----!');
        expectObservable(meter.changes).toBe('xy-z--', {
          x: { total: 0, unknown: 0, currency: null },
          y: { total: 0, unknown: 1, currency: 'USD' },
          z: { total: 0.2, unknown: 0, currency: 'USD' },
        });
      });
    });

    it.each(['-', '--|', '--a|', '-a-#'])('should mirror %s', (marbles) => {
      inVirtualTime(({ cold, expectObservable }) => {
        const tuples = tuplesOf(events);
        const source = cold<StreamTuple>(marbles, tuples);
        expectObservable(source.pipe(costMeter().measure())).toBe(marbles, tuples);
      });
    });

    it('should add up every subscription of one instance', () => {
      inVirtualTime(({ cold, flush }) => {
        const meter = costMeter({ prices });
        const stream = streamOf(cold('-a-u-|', events)).pipe(meter.measure());
        stream.subscribe();
        stream.subscribe();
        flush();
        expect(meter.total).toBe(0.4);
      });
    });

    it('should keep what a stream had cost that is left', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const meter = costMeter({ prices });
        const script = cold('-u-a-|', events);
        const stream = streamOf(script).pipe(meter.measure(), contents());
        expectObservable(stream, '^-!').toBe('-x', { x: '' });
        expectSubscriptions(script.subscriptions).toBe('^-!');
        flush();
        expect(meter).toMatchObject({ total: 0.2, unknown: 0 });
      });
    });

    it('should use the price list of a call before its own', async () => {
      const meter = costMeter({ prices: () => null });
      const llm = scriptedProvider(answer('Hi', 3));
      const stream = llm.call({ model: 'any-model', prices }, () => 'Hello')();
      await lastValueFrom(stream.pipe(meter.measure()));
      expect(meter.total).toBeCloseTo(0.3, 12);
    });

    it('should count retries', async () => {
      const meter = costMeter({ prices });
      const llm = scriptedProvider((_, position) =>
        position < 2
          ? [usage({ inputTokens: 0, outputTokens: 1 }), text('Hi'), cut()]
          : answer('Hello', 5),
      );
      const stream = llm.call('any-model', () => 'Hello')();
      const response = await lastValueFrom(
        stream.pipe(meter.measure(), retry(2), toCallResponse()),
      );
      expect(response.content).toBe('Hello');
      expect(meter.total).toBeCloseTo(0.1 + 0.1 + 0.5, 12);
    });

    it('should count the first call of a chain as well as the second', async () => {
      const meter = costMeter({ prices });
      const chain = streamOf(answer('one', 1)).pipe(
        meter.measure(),
        toCallResponse(),
        switchMap(() => streamOf(answer('two', 2)).pipe(meter.measure())),
        toCallResponse(),
      );
      expect((await lastValueFrom(chain)).content).toBe('two');
      expect(meter.total).toBeCloseTo(0.3, 12);
    });

    it('should count each step of a tool loop once, also when it is measured again further down', async () => {
      const weather = tool({
        name: 'get_weather',
        parameters: z.object({}),
        execute: () => 'rain',
      });
      const meter = costMeter({ prices });
      const llm = scriptedProvider((_, position) =>
        position < 2
          ? [
              toolCall({ name: 'get_weather' }),
              finish('tool_calls'),
              usage({ inputTokens: 0, outputTokens: 1 }),
            ]
          : answer('It rains', 2),
      );
      const ask = llm.call({ model: 'any-model', tools: [weather] }, () => 'Weather?');
      const stream = ask().pipe(meter.measure(), runTools(), meter.measure(), toCallResponse());
      expect((await lastValueFrom(stream)).content).toBe('It rains');
      expect(meter.total).toBeCloseTo(0.1 + 0.1 + 0.2, 12);
      expect(meter.unknown).toBe(0);
    });

    it('should count a call once that several subscribers share, also with estimates', async () => {
      const estimate = (words: string): number => words.length;
      const meter = costMeter({ prices, estimate });
      const script = concat(of('abc', 'de'), NEVER);
      const replayed = streamOf(script).pipe(shareReplay({ bufferSize: 9, refCount: false }));
      replayed.pipe(meter.measure()).subscribe();
      replayed.pipe(meter.measure(), meter.measure()).subscribe();
      const estimated = 'scripted prompt'.length / 100 + 0.5;
      expect(meter.total).toBeCloseTo(estimated, 12);
      expect(meter.unknown).toBe(1);

      const shared = streamOf(answer('Hi', 1)).pipe(share());
      await outcomeOf(merge(shared.pipe(meter.measure()), shared.pipe(meter.measure())));
      expect(meter.total).toBeCloseTo(estimated + 0.1, 12);
    });

    it('should end a stream whose costs cannot be known where that is asked for', async () => {
      const meter = costMeter();
      const strict = streamOf('Hi').pipe(meter.measure({ onUnknown: 'error' }));
      expect(await outcomeOf(strict)).toMatchObject({
        values: [{}],
        error: { provider: 'scripted' },
      });
      const lenient = streamOf('Hi').pipe(meter.measure());
      expect(await outcomeOf(lenient)).toMatchObject({ completed: true });
      expect(meter.unknown).toBe(2);
    });

    it('should add up whatever streams there are, in whatever order their tuples come', () => {
      const schedule = fc.array(fc.tuple(fc.nat(3), fc.nat(100)), { maxLength: 50 });
      fc.assert(
        fc.property(schedule, (steps) => {
          const meter = costMeter({ prices });
          const sources = Array.from({ length: 4 }, () => new Subject<ReturnType<typeof usage>>());
          for (const source of sources) streamOf(source).pipe(meter.measure()).subscribe();
          const last = [0, 0, 0, 0];
          for (const [which, outputTokens] of steps) {
            sources[which]!.next(usage({ inputTokens: 0, outputTokens }));
            last[which] = outputTokens;
            expect(meter.total).toBeCloseTo(last.reduce((sum, count) => sum + count) / 10, 9);
          }
        }),
      );
    });
  });

  describe('changes', () => {
    it('should replay the latest reading, tell each change once and never complete', () => {
      inVirtualTime(({ cold, expectObservable }) => {
        const meter = costMeter({ prices });
        const script = cold('-u-a-v-|', { ...events, v: usage({ outputTokens: 3 }) });
        expectObservable(
          streamOf(script).pipe(
            meter.measure(),
            map(() => 0),
          ),
        ).toBe('-x-x-x-|', {
          x: 0,
        });
        const reading = (total: number): CostReading => ({ total, unknown: 0, currency: 'USD' });
        const values = { o: { ...reading(0), currency: null }, x: reading(0.2), y: reading(0.3) };
        const totals = meter.changes.pipe(
          map((each) => ({ ...each, total: Math.round(each.total * 1e6) / 1e6 })),
        );
        expectObservable(totals).toBe('ox---y---', values);
        expectObservable(totals, '--------^').toBe('--------y', values);
        expectObservable(totals, '^--!').toBe('ox--', values);
      });
    });

    it('should tell of a tuple after it was emitted', () => {
      const meter = costMeter({ prices });
      const tuples = tuplesOf(events);
      const log: string[] = [];
      meter.changes.subscribe(({ total }) => log.push(`reading ${total}`));
      of(tuples.u)
        .pipe(meter.measure())
        .subscribe(() => log.push(`tuple, total ${meter.total}`));
      expect(log).toEqual(['reading 0', 'tuple, total 0.2', 'reading 0.2']);
    });

    it('should tell of a tuple once who comes while it is being emitted', () => {
      const meter = costMeter({ prices });
      const totals: number[] = [];
      of(tuplesOf(events).u)
        .pipe(
          meter.measure(),
          switchMap(() => meter.changes),
        )
        .subscribe(({ total }) => totals.push(total));
      expect(totals).toEqual([0.2]);
    });

    it('should tell of a tuple with which the stream was left', () => {
      const meter = costMeter({ prices });
      of(tuplesOf(events).u).pipe(meter.measure(), take(1)).subscribe();
      let latest: CostReading | null = null;
      meter.changes.subscribe((reading) => (latest = reading));
      expect(latest).toEqual({ total: 0.2, unknown: 0, currency: 'USD' });
    });
  });

  describe('reaches', () => {
    it('should emit and complete once the total comes up to the limit', () => {
      inVirtualTime(({ cold, expectObservable, flush }) => {
        const meter = costMeter({ prices });
        const script = cold('-u-v-w-|', {
          u: usage({ inputTokens: 0, outputTokens: 1 }),
          v: usage({ outputTokens: 2 }),
          w: usage({ outputTokens: 3 }),
        });
        const v = { total: 0.2, unknown: 0, currency: 'USD' };
        expectObservable(meter.reaches(0.2)).toBe('---(v|)', { v });
        expectObservable(meter.reaches(9)).toBe('-');
        expectObservable(meter.reaches(0.2), '^-!').toBe('-');
        streamOf(script).pipe(meter.measure()).subscribe();
        flush();
      });
    });

    it('should emit at once when the limit is reached already', () => {
      const meter = costMeter({ prices });
      of(tuplesOf(events).u).pipe(meter.measure()).subscribe();
      const seen: number[] = [];
      meter.reaches(0.1).subscribe(({ total }) => seen.push(total));
      expect(seen).toEqual([0.2]);
    });

    it('should end other streams, and lose no tuple of the one that reaches it', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const meter = costMeter({ prices });
        const script = cold('-a-u-a-|', events);
        const other = cold('ccccccccc');
        const limited = streamOf(script).pipe(
          meter.measure(),
          contents(),
          takeUntil(meter.reaches(0.2)),
        );
        expectObservable(limited).toBe('-a-(u|)', { a: 'He', u: '' });
        expectObservable(other.pipe(takeUntil(meter.reaches(0.2)))).toBe('ccc|');
        expectSubscriptions(script.subscriptions).toBe('^--!');
        expectSubscriptions(other.subscriptions).toBe('^--!');
      });
    });

    it.each([-1, NaN])('should refuse a limit of %p', (limit) => {
      expect(() => costMeter().reaches(limit)).toThrow(RangeError);
    });
  });

  it('should not know what calls of other currencies cost', async () => {
    const meter = costMeter();
    const stream = (currency: string): Observable<StreamTuple<ScriptedWire, never>> =>
      scriptedProvider(answer('Hi', 1)).call(
        { model: 'any-model', prices: flatPrices(null, currency) },
        () => 'Hello',
      )();
    await outcomeOf(concat(stream('USD'), stream('EUR'), stream('USD')).pipe(meter.measure()));
    expect(meter).toMatchObject({ total: 0.2, unknown: 1, currency: 'USD' });
  });

  it('should hold nothing of the calls it has measured', async () => {
    const meter = costMeter({ prices });
    const collected = await collectedAfter(() => {
      const tuples = tuplesOf(events);
      from(Object.values(tuples)).pipe(meter.measure()).subscribe();
      return tuples.a[0].call;
    });
    expect(collected).toBe(true);
    expect(meter.total).toBe(0.2);
  });

  it('should leave out what stalls until it is known', () => {
    inVirtualTime(({ flush }) => {
      const meter = costMeter({ prices });
      streamOf([text('Hi'), stall()])
        .pipe(meter.measure())
        .subscribe();
      flush();
      expect(meter).toMatchObject({ total: 0, unknown: 1 });
    });
  });

  it('should keep the types of a stream', () => {
    const weather = tool({ name: 'get_weather', parameters: z.object({}) });
    const meter: CostMeter = costMeter();
    const stream = streamOf('Hi', { tools: [weather] });
    const result = stream.pipe(meter.measure(), toCallResponse());
    expectTypeOf(result).toEqualTypeOf<Observable<CallResponse<ScriptedWire, typeof weather>>>();
    expectTypeOf(stream.pipe(meter.measure())).toEqualTypeOf(stream);
    expectTypeOf(meter.measure<StreamTuple>()).toEqualTypeOf<
      MonoTypeOperatorFunction<StreamTuple>
    >();
    // @ts-expect-error: a stream of anything else costs nothing
    void of('text').pipe(meter.measure());
    // @ts-expect-error: what it reads is not set from outside
    expect(() => (meter.total = 0)).toThrow(TypeError);
  });
});

/** Whether an object is gone once nothing but what a function left behind could hold it. */
async function collectedAfter(make: () => object): Promise<boolean> {
  const reference = new WeakRef(make());
  for (let round = 0; round < 10 && reference.deref() !== undefined; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return reference.deref() === undefined;
}
