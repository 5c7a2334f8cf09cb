import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { concat, NEVER, of, Subject, throwError, toArray, type Observable } from 'rxjs';
import { StreamError, type CallContext, type StreamTuple } from 'rx-llm';
import { tuplesOf, type ScriptedWire } from 'rx-llm/testing';
import { asPartOfRun, asRun, failingWith, type Run } from '../../../operators/steps/run.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

type Tuple = StreamTuple<ScriptedWire, never>;
type ScriptedRun = Run<ScriptedWire, never>;

const newRun = (): ScriptedRun => ({ arrived: null, over: false, calls: new Subject() });

const { a, b } = tuplesOf({ a: 'Hello', b: ' world' });
const other = tuplesOf({ c: 'Other' }).c;

describe('asPartOfRun', () => {
  it('should change nothing of a tuple but what its call says of the end', async () => {
    const run = newRun();
    const { values } = await outcomeOf(of<Tuple>(b).pipe(asPartOfRun(run)));
    const [chunk, tool] = values[0]!;
    expect({ ...chunk, call: null }).toEqual({ ...b[0], call: null });
    expect(tool).toBeNull();
    expect({ ...chunk.call, ended: null }).toEqual({ ...b[0].call, ended: null });
    expect([b[0].call.ended(), chunk.call.ended()]).toEqual([true, false]);
    run.over = true;
    expect(chunk.call.ended()).toBe(true);
    expect([chunk.call.ended(1), chunk.call.ended(2)]).toEqual([false, true]);
  });

  it('should not say that a call has ended which has not', async () => {
    const open = tuplesOf({ a: 'Hello' }, { ended: false }).a;
    const { values } = await outcomeOf(
      of<Tuple>(open).pipe(asPartOfRun({ ...newRun(), over: true })),
    );
    expect(values[0]![0].call.ended()).toBe(false);
  });

  it('should give the chunks of a call the same call, and those of another its own', async () => {
    const run = newRun();
    const { values } = await outcomeOf(of<Tuple[]>(a, b, other).pipe(asPartOfRun(run), toArray()));
    const calls = values[0]!.map(([{ call }]) => call);
    expect(calls[0]).toBe(calls[1]);
    expect(calls[2]).not.toBe(calls[0]);
    run.over = true;
    // Who saw nothing of the last has not seen the end.
    expect(calls.map((call) => call.ended())).toEqual([false, false, true]);
  });

  it('should take down what arrives, and tell of each call once', () => {
    const run = newRun();
    const calls: CallContext[] = [];
    run.calls.subscribe((call) => calls.push(call));
    const seen: unknown[] = [];
    of<Tuple[]>(a, b, other)
      .pipe(asPartOfRun(run))
      .subscribe(() => seen.push(run.arrived?.totals.content));
    expect(seen).toEqual(['Hello', 'Hello world', 'Other']);
    expect(calls).toEqual([a[0].call, other[0].call]);
  });
});

describe('asRun', () => {
  it('should be over when its steps complete, and not before', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const runs: ScriptedRun[] = [];
      const source = cold('-a-|');
      const stream = asRun((run: ScriptedRun) => {
        runs.push(run);
        return source;
      });
      expectObservable(stream).toBe('-a-|');
      expectObservable(stream, '--!').toBe('-a');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^-!']);
      expect(runs).toEqual([]);
      flush();
      expect(runs.map(({ over }) => over)).toEqual([true, false]);
    });
  });

  it('should not be over when a step fails', () => {
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const runs: ScriptedRun[] = [];
      const stream = asRun((run: ScriptedRun) => {
        runs.push(run);
        return cold('-#');
      });
      expectObservable(stream).toBe('-#');
      flush();
      expect(runs.map(({ over }) => over)).toEqual([false]);
    });
  });

  describe('with a signal', () => {
    /** A tuple of a call that was given this signal. */
    const withSignal = ([chunk, tool]: Tuple, signal: AbortSignal): Tuple => {
      const call = { ...chunk.call, signal };
      return [{ ...chunk, call }, tool];
    };
    const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
    const runOf = (source: Observable<Tuple>) =>
      asRun((run: ScriptedRun) => source.pipe(asPartOfRun(run)));

    it('should end when that aborts, with what had arrived', async () => {
      const controller = new AbortController();
      const outcome = outcomeOf(runOf(concat(of(withSignal(a, controller.signal)), NEVER)));
      expect(listenersOf(controller.signal)).toBe(1);
      const reason = new Error('enough');
      controller.abort(reason);
      expect(await outcome).toMatchObject({
        values: [{}],
        error: { code: 'aborted', cause: reason, partial: { content: 'Hello', interrupted: true } },
      });
      expect(listenersOf(controller.signal)).toBe(0);
    });

    it('should listen once at a time, and no longer when it has ended or is left', () => {
      const { signal } = new AbortController();
      const ends: readonly ((source: Subject<Tuple>, leave: () => void) => void)[] = [
        (source) => source.complete(),
        (source) => source.error(new Error('cut')),
        (_source, leave) => leave(),
      ];
      for (const end of ends) {
        const source = new Subject<Tuple>();
        const subscription = runOf(source).subscribe({ error: () => undefined });
        expect(listenersOf(signal)).toBe(0);
        for (const tuple of [a, b, other]) {
          source.next(withSignal(tuple, signal));
          expect(listenersOf(signal)).toBe(1);
        }
        end(source, () => subscription.unsubscribe());
        expect(listenersOf(signal)).toBe(0);
        expect(source.observed).toBe(false);
      }
    });
  });
});

describe('failingWith', () => {
  it('should have an error that carries nothing carry what had arrived', async () => {
    const run = newRun();
    await outcomeOf(of<Tuple>(a).pipe(asPartOfRun(run)));
    const refused = new StreamError('scripted', { code: 'rate-limit', message: 'Busy' });
    for (const fault of [refused, new Error('my own')]) {
      const { error } = await outcomeOf(throwError(() => fault).pipe(failingWith(run)));
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ partial: { content: 'Hello' } });
    }
  });
});
