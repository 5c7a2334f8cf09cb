import { describe, expect, it } from '@jest/globals';
import { catchError, concat, EMPTY, from, of, Subject, take, tap, throwError } from 'rxjs';
import { StreamError, type StreamTuple } from 'rx-llm';
import { finish, streamOf, tupleOf, tuplesOf, usage } from 'rx-llm/testing';
import { costLedger, type CostLedger } from '../../../operators/cost/cost-ledger.ts';
import { measured, type MeasureSettings } from '../../../operators/cost/measure.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { flatPrices } from './flat-prices.ts';

const prices = flatPrices();
const lenient: MeasureSettings = { prices, onUnknown: 'ignore' };
const strict: MeasureSettings = { prices, onUnknown: 'error' };
const ignored = (): void => undefined;

const counts = usage({ inputTokens: 10, outputTokens: 1 });

describe('measured', () => {
  const tuples = tuplesOf({ a: 'He', b: 'llo', u: counts });

  describe.each([lenient, strict])('with $onUnknown', (settings) => {
    it.each([
      ['   -a-b-u-|', '^------!'],
      ['   -', '        ^'],
      ['   --|', '      ^-!'],
      ['   --u--|', '   ^----!'],
      ['   -a-#', '     ^--!'],
      ['   -a-u---', ' ^------'],
    ])('should mirror %s', (marbles, subscription) => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple>(marbles, tuples);
        expectObservable(measured(source, costLedger(), settings, ignored)).toBe(marbles, tuples);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      });
    });

    it('should leave the source when it is left', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple>('-a-b-u-|', tuples);
        expectObservable(measured(source, costLedger(), settings, ignored), '^--!').toBe(
          '-a-',
          tuples,
        );
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('should leave a source without end that is synchronous', () => {
      let asked = 0;
      function* endless(): Iterable<StreamTuple> {
        for (;;) {
          asked++;
          yield tuples.u;
        }
      }
      const ledger = costLedger();
      measured(from(endless()), ledger, settings, ignored).pipe(take(1)).subscribe();
      expect(asked).toBe(1);
      expect(ledger.reading.total).toBe(0.2);
    });
  });

  it('should have a tuple in the ledger when it is emitted, and tell of it afterwards', () => {
    const ledger = costLedger();
    const log: string[] = [];
    const source = of(tuples.a, tuples.u);
    measured(source, ledger, lenient, () => log.push('change')).subscribe({
      next: () => log.push(`tuple ${ledger.reading.total}`),
      complete: () => log.push('complete'),
    });
    expect(log).toEqual(['tuple 0', 'change', 'tuple 0.2', 'change', 'complete', 'change']);
  });

  it('should tell of the tuple with which it is left', () => {
    let changes = 0;
    measured(of(tuples.u, tuples.a), costLedger(), lenient, () => changes++)
      .pipe(take(1))
      .subscribe();
    expect(changes).toBe(1);
  });

  it('should count calls side by side', () => {
    const ledger = costLedger();
    const [one, other] = [1, 2].map((outputTokens) =>
      tuplesOf({ a: 'Hi', u: usage({ inputTokens: 0, outputTokens }) }, { ended: false }),
    );
    const source = of(one!.a, other!.a, one!.u, other!.u);
    measured(source, ledger, strict, ignored).subscribe();
    expect(ledger.reading.total).toBeCloseTo(0.3, 12);
    expect(ledger.reading.unknown).toBe(0);
  });

  it.each(['error', 'ignore'] as const)(
    'should error with a price list that throws, and leave the source (%s)',
    (onUnknown) => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const fault = new Error('my own');
        const settings: MeasureSettings = {
          onUnknown,
          prices: (call) => {
            if (call.usage.inputTokens === 10) throw fault;
            return prices(call);
          },
        };
        const source = cold<StreamTuple>('-a-u-b-|', tuples);
        const errors: unknown[] = [];
        const result = measured(source, costLedger(), settings, ignored).pipe(
          tap({ error: (error: unknown) => errors.push(error) }),
          catchError(() => EMPTY),
        );
        expectObservable(result).toBe('-a-|', tuples);
        expectSubscriptions(source.subscriptions).toBe('^--!');
        flush();
        expect(errors[0]).toBeInstanceOf(StreamError);
        const partial = onUnknown === 'error' ? { content: 'He' } : null;
        expect(errors).toMatchObject([{ code: 'operator', cause: fault, partial }]);
      });
    },
  );

  describe('where costs cannot be known', () => {
    const failureOf = async (
      source: Parameters<typeof measured<StreamTuple>>[0],
      settings: MeasureSettings,
      ledger: CostLedger = costLedger(),
    ) => {
      const { values, completed, error } = await outcomeOf(
        measured(source, ledger, settings, ignored),
      );
      return { values, completed, error: error as StreamError | null };
    };
    const none: MeasureSettings = { onUnknown: 'error' };

    it('should error after the tuple that brings the doubt, with what had arrived', async () => {
      const { values, error } = await failureOf(of(tuples.a, tuples.b), none);
      expect(values).toEqual([tuples.a]);
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ provider: 'scripted', retryable: false });
      expect(error?.message).toBe(
        "[scripted] The call has no price list; give it one with the option prices. onUnknown: 'ignore' goes on without.",
      );
      expect(error?.partial).toMatchObject({ content: 'He', interrupted: true });
    });

    it('should go on where that is to be ignored', async () => {
      const ledger = costLedger();
      const settings: MeasureSettings = { onUnknown: 'ignore' };
      const { values, completed } = await failureOf(of(tuples.a, tuples.u), settings, ledger);
      expect([values, completed]).toEqual([[tuples.a, tuples.u], true]);
      expect(ledger.reading).toEqual({ total: 0, unknown: 1, currency: null });
      expect(ledger.doubt).not.toBeNull();
    });

    it('should not subscribe when there is a doubt already', () => {
      inVirtualTime(({ cold, flush, expectSubscriptions }) => {
        const ledger = costLedger();
        measured(of(tuples.a), ledger, { onUnknown: 'ignore' }, ignored).subscribe();
        const source = cold<StreamTuple>('-a|', tuples);
        const errors: unknown[] = [];
        measured(source, ledger, strict, ignored).subscribe({
          error: (error: unknown) => errors.push(error),
        });
        flush();
        expect(errors).toHaveLength(1);
        expect(errors[0]).toMatchObject({ provider: 'scripted', partial: null });
        expectSubscriptions(source.subscriptions).toBe([]);
      });
    });

    it('should error with the next tuple when the doubt comes from another stream', () => {
      const ledger = costLedger();
      const source = new Subject<StreamTuple>();
      const seen: unknown[] = [];
      measured(source, ledger, strict, ignored).subscribe({
        next: (tuple) => seen.push(tuple),
        error: (error: unknown) => seen.push((error as StreamError).partial?.content),
      });
      source.next(tuples.a);
      measured(of(tupleOf('?')), ledger, { onUnknown: 'ignore' }, ignored).subscribe();
      source.next(tuples.b);
      expect(seen).toEqual([tuples.a, tuples.b, 'Hello']);
    });

    it('should complete a stream whose only call ended without its counts, and know of it', async () => {
      const ledger = costLedger();
      const { completed } = await failureOf(streamOf('Hi'), strict, ledger);
      expect(completed).toBe(true);
      expect(ledger.doubt?.message).toContain('ended without its token counts');
    });

    it('should error when another call follows one that ended without its counts', async () => {
      const source = concat(streamOf('one'), streamOf(['two', finish(), counts]));
      const { values, error } = await failureOf(source, strict);
      expect(values).toHaveLength(3);
      expect(error?.message).toContain('ended without its token counts');
      expect(error?.partial?.content).toBe('two');
    });

    it('should know that a step is over when another goes on from it, whatever its context says', async () => {
      const one = tuplesOf({ a: 'one', f: finish() }, { ended: false });
      const two = tupleOf('two');
      const step = { messages: one.a[0].call.messages } as StreamTuple[0]['call']['steps'][number];
      const call = { ...two[0].call, steps: [step] };
      const next = [{ ...two[0], call }, null] as unknown as StreamTuple;
      const { error } = await failureOf(of<StreamTuple[]>(one.a, one.f, next), strict);
      expect(error?.message).toContain('ended without its token counts');
    });

    it('should not mind calls that failed or were left before their counts came', async () => {
      const left = (): StreamTuple[] =>
        Object.values(tuplesOf({ a: 'one', b: 'two' }, { ended: false }));
      const ledger = costLedger();
      const source = from([...left(), ...left(), ...Object.values(tuples)]);
      const { completed } = await failureOf(source, strict, ledger);
      expect(completed).toBe(true);
      expect(ledger.reading).toEqual({ total: 0.2, unknown: 2, currency: 'USD' });
      expect(ledger.doubt).toBeNull();
    });

    it('should not mind a call side by side with one whose counts are still to come', async () => {
      const one = tuplesOf({ a: 'one', f: finish(), u: counts }, { ended: false });
      const two = tuplesOf({ a: 'two', u: counts }, { ended: false });
      const { completed } = await failureOf(of(one.a, one.f, two.a, one.u, two.u), strict);
      expect(completed).toBe(true);
    });

    it('should take estimates for counts that never came', async () => {
      const source = concat(streamOf('one'), streamOf('two'));
      const ledger = costLedger();
      const settings = { ...strict, estimate: (text: string) => text.length };
      const { completed } = await failureOf(source, settings, ledger);
      expect(completed).toBe(true);
      expect(ledger.doubt).toBeNull();
      expect(ledger.reading.unknown).toBe(2);
      expect(ledger.reading.total).toBeCloseTo(2 * ('scripted prompt'.length / 100 + 0.3), 12);
    });

    it('should pass the source’s own error on as it is', async () => {
      const fault = new Error('cut');
      const source = concat(
        of(tuples.a),
        throwError(() => fault),
      );
      const { error } = await failureOf(source, strict);
      expect(error).toBe(fault);
    });
  });
});
