import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Measured, Order } from './order.ts';

/** A process that measures one case. */
export interface CaseWorker {
  /** Measures these sizes; the first time it warms up before. */
  measure(sizes: readonly number[]): Promise<readonly Measured[]>;
  /** Ends the process. */
  stop(): void;
}

/** Starts the worker of a case. */
export function caseWorker(order: Order): CaseWorker {
  const file = join(import.meta.dirname, 'worker.mjs');
  const worker = fork(file, [JSON.stringify(order)], { execArgv: ['--expose-gc'] });
  const exit = once(worker, 'exit').then(([code]) => {
    throw new Error(`${order.suite}, ${order.case}: exit ${String(code)}; see above`);
  });
  // Nobody waits for the end of one that is idle.
  exit.catch(() => undefined);
  return {
    measure: async (sizes) => {
      worker.send(sizes);
      const [measured] = (await Promise.race([once(worker, 'message'), exit])) as [
        readonly Measured[],
      ];
      return measured;
    },
    stop: () => {
      // One that has failed is gone already.
      if (worker.connected) worker.disconnect();
    },
  };
}
