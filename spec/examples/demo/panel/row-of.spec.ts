import { describe, expect, it } from '@jest/globals';
import { map, of, throwError, type Observable } from 'rxjs';
import { tuplesOf } from 'rx-llm/testing';
import { rowOf } from '../../../../examples/demo/panel/row-of.ts';
import type { Row } from '../../../../examples/demo/panel/row.ts';
import { inVirtualTime } from '../../../support/virtual-time.ts';

/** What a marble stands for: the state and the text so far. */
const shown = (row: Observable<Row>): Observable<string> =>
  row.pipe(map(({ state, response }) => `${state} ${response?.content ?? ''}`.trim()));

const states = {
  l: 'loading',
  r: 'ready',
  w: 'waiting',
  a: 'streaming He',
  b: 'streaming Hello',
  f: 'finished Hello',
  s: 'stopped He',
  x: 'failed He',
  n: 'failed',
};

describe('the row of a provider', () => {
  const tuples = tuplesOf({ a: 'He', b: 'llo' });

  it('should ask when all are prepared, and end with the answer', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prepared = cold('--|');
      const start = cold('  ----|');
      const answer = cold('       -a-b-|', tuples);
      const stop = cold('   ---------------s');
      const expected = '    l-r---wa-b-(f|)';
      const row = rowOf({ name: 'acme', live: false, prepared, answer }, start, stop);

      expectObservable(shown(row)).toBe(expected, states);
      expectSubscriptions(stop.subscriptions).toBe('^----------!');
    });
  });

  it('should keep what had arrived, and leave, when it is stopped', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prepared = cold('-|');
      const start = cold('    -|');
      const answer = cold('     -a-----b-|', tuples);
      const stop = cold('   -----s');
      const expected = '    lrwa-(s|)';
      const row = rowOf({ name: 'acme', live: false, prepared, answer }, start, stop);

      expectObservable(shown(row)).toBe(expected, states);
      expectSubscriptions(answer.subscriptions).toBe('--^--!');
    });
  });

  it('should show a failure instead of erring', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const prepared = cold('-|');
      const start = cold('    -|');
      const answer = cold('     -a-#', tuples);
      const stop = cold('   -');
      const expected = '    lrwa-(x|)';
      const row = rowOf({ name: 'acme', live: false, prepared, answer }, start, stop);

      expectObservable(shown(row)).toBe(expected, states);
    });
  });

  it('should fail without asking when its SDK cannot be loaded', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prepared = cold('--#');
      const answer = cold('    a|', tuples);
      const expected = '    l-(n|)';
      const row = rowOf({ name: 'acme', live: false, prepared, answer }, of(null), cold('-'));

      expectObservable(shown(row)).toBe(expected, states);
      expectSubscriptions(answer.subscriptions).toBe([]);
    });
  });

  it('should keep the reason of a failure', () => {
    const reason = new Error('no route');
    const prepared = throwError(() => reason);
    const rows: Row[] = [];
    rowOf({ name: 'acme', live: true, prepared, answer: of() }, of(null), of()).subscribe((row) =>
      rows.push(row),
    );

    expect(rows.at(-1)).toMatchObject({ provider: 'acme', live: true, error: reason });
  });
});
