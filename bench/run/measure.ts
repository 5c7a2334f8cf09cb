import { inspect, isDeepStrictEqual } from 'node:util';
import type { Stream } from '../suite.ts';

/**
 * The CPU time of a stream, in µs per fragment: the mean of so many runs that they take `atLeast` ms.
 *
 * @throws {Error} when a run does not come to what it must
 */
export async function measure(stream: Stream, atLeast: number): Promise<number> {
  let runs = 0;
  let spent = 0;
  while (spent < atLeast * 1000) {
    spent += await cpuTimeOf(stream);
    runs += 1;
  }
  return spent / runs / stream.fragments;
}

/** Runs a stream so many times that its code is compiled, but for no longer than `atMost` ms. */
export async function warmUp(stream: Stream, runs: number, atMost: number): Promise<void> {
  let spent = 0;
  for (let run = 0; run < runs && spent < atMost * 1000; run += 1) {
    spent += await cpuTimeOf(stream);
  }
}

/** The CPU time of one run, in µs. */
async function cpuTimeOf({ run, expected }: Stream): Promise<number> {
  const start = process.cpuUsage();
  const result = await run();
  // Of all threads: what the garbage collector's helpers do is part of what a stream costs.
  const { user, system } = process.cpuUsage(start);
  if (!isDeepStrictEqual(result, expected)) {
    const came = inspect(result).slice(0, 200);
    throw new Error(`A stream came to something else than it must: ${came}`);
  }
  return user + system;
}
