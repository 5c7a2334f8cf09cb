import { describe, expect, it } from '@jest/globals';
import { concat, Subject, toArray } from 'rxjs';
import type { StreamTuple } from 'rx-llm';
import { tuplesOf, type ScriptedWire } from 'rx-llm/testing';
import { asPartOfRun, asRun, type Run } from '../../../operators/steps/run.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

type Tuple = StreamTuple<ScriptedWire, never>;

describe('asPartOfRun', () => {
  const { a, b } = tuplesOf({ a: 'Hello', b: ' world' });
  const other = tuplesOf({ c: 'Other' }).c;

  it('should change nothing of a tuple but what its call says of the end', async () => {
    const run: Run = { over: false };
    const source = new Subject<Tuple>();
    const outcome = outcomeOf(source.pipe(asPartOfRun<Tuple>(run)));
    source.next(a);
    source.complete();
    const { values } = await outcome;
    const [[chunk, tool]] = values as [Tuple];
    expect({ ...chunk, call: null }).toEqual({ ...a[0], call: null });
    expect(tool).toBeNull();
    expect({ ...chunk.call, ended: null }).toEqual({ ...a[0].call, ended: null });
    expect([a[0].call.ended(), chunk.call.ended()]).toEqual([true, false]);
    run.over = true;
    expect(chunk.call.ended()).toBe(true);
  });

  it('should not say that a call has ended which has not', async () => {
    const open = tuplesOf({ a: 'Hello' }, { ended: false }).a;
    const { values } = await outcomeOf(
      new Subject<Tuple>().pipe(() => concat([open])).pipe(asPartOfRun<Tuple>({ over: true })),
    );
    expect(values[0]![0].call.ended()).toBe(false);
  });

  it('should give the chunks of a call the same call, and those of another its own', async () => {
    const { values } = await outcomeOf(
      concat([a, b, other]).pipe(asPartOfRun<Tuple>({ over: false }), toArray()),
    );
    const calls = values[0]!.map(([{ call }]) => call);
    expect(calls[0]).toBe(calls[1]);
    expect(calls[2]).not.toBe(calls[0]);
  });
});

describe('asRun', () => {
  it('should be over when its steps complete, and not before', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const runs: Run[] = [];
      const source = cold('-a-|');
      const stream = asRun((run) => {
        runs.push(run);
        return source;
      });
      expectObservable(stream).toBe('-a-|');
      expectObservable(stream, '--!').toBe('-a');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^-!']);
      expect(runs).toEqual([]);
      flush();
      expect(runs).toEqual([{ over: true }, { over: false }]);
    });
  });

  it('should not be over when a step fails', () => {
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const runs: Run[] = [];
      const stream = asRun((run) => {
        runs.push(run);
        return cold('-#');
      });
      expectObservable(stream).toBe('-#');
      flush();
      expect(runs).toEqual([{ over: false }]);
    });
  });
});
