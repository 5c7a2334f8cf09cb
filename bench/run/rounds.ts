import type { Case, Results, Suite } from '../suite.ts';
import { caseWorker, type CaseWorker } from './case-worker.ts';
import type { Effort, Measured } from './order.ts';

/** Cases of a suite that are to be measured. */
export interface Chosen {
  readonly suite: Suite;
  readonly cases: readonly Case[];
  readonly sizes: readonly number[];
}

/** A stream that takes longer, in s of CPU time, is measured in the first round only. */
const longStream = 2;

/**
 * Measures every case once, then every case again, and so on: what else the machine does meets all of
 * them alike. Each case has a process of its own, so that none meets what another has left.
 *
 * @param tell called with a line for each case and round
 */
export async function runRounds(
  { suite, cases, sizes }: Chosen,
  rounds: number,
  effort: Effort,
  tell: (line: string) => void,
): Promise<Results> {
  const record = emptyRecord();
  const workers = new Map<string, CaseWorker>();
  const workerOf = (name: string): CaseWorker => {
    const worker = workers.get(name) ?? caseWorker({ suite: suite.name, case: name, effort });
    workers.set(name, worker);
    return worker;
  };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const { name } of cases) {
        const wanted = sizes.filter((size) => !record.isSettled(name, size));
        const start = performance.now();
        for (const measured of await workerOf(name).measure(wanted))
          record.add(name, round, measured);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        tell(`${suite.name}, round ${round} of ${rounds}: ${name}, ${seconds} s`);
      }
    }
  } finally {
    for (const worker of workers.values()) worker.stop();
  }
  return { cases, sizes, of: record.of };
}

interface Entry {
  /** CPU time in µs per fragment, by round. */
  readonly rounds: Map<number, number>;
  /** CPU time of one stream, in s. */
  readonly seconds: number;
}

interface Record {
  add(name: string, round: number, measured: Measured): void;
  /** Whether a further round is not worth its time. */
  isSettled(name: string, size: number): boolean;
  readonly of: Results['of'];
}

function emptyRecord(): Record {
  const entries = new Map<string, Entry>();
  const keyOf = (name: string, size: number): string => `${size} ${name}`;
  return {
    add: (name, round, { size, micros, seconds }) => {
      const key = keyOf(name, size);
      const entry = entries.get(key) ?? { rounds: new Map<number, number>(), seconds };
      if (micros !== null) entry.rounds.set(round, micros);
      entries.set(key, entry);
    },
    isSettled: (name, size) => (entries.get(keyOf(name, size))?.seconds ?? 0) > longStream,
    of: (name, size) => {
      const entry = entries.get(keyOf(name, size));
      if (entry === undefined) return { rounds: new Map(), tooLong: null };
      return { rounds: entry.rounds, tooLong: entry.rounds.size === 0 ? entry.seconds : null };
    },
  };
}
