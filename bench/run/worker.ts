/** Measures one case, in a process of its own: each message is a list of sizes, and is answered. */
import { caseOf } from '../suites/index.ts';
import { measure, warmUp } from './measure.ts';
import type { Measured, Order } from './order.ts';

const { suite, case: name, effort } = JSON.parse(process.argv[2] ?? '') as Order;
const { stream } = caseOf(suite, name);

/** What was measured of each size. */
const known = new Map<number, number>();

process.on('message', (sizes: readonly number[]) => {
  answer(sizes).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function answer(sizes: readonly number[]): Promise<void> {
  if (known.size === 0) await begin();
  const measured: Measured[] = [];
  for (const size of sizes) measured.push(await measureSize(size));
  process.send?.(measured);
}

/** Runs the code until it is compiled, and learns how its cost grows. */
async function begin(): Promise<void> {
  await warmUp(await stream(1000), 100, effort.warmUp);
  for (const size of [250, 1000]) known.set(size, await measure(await stream(size), 10));
}

async function measureSize(size: number): Promise<Measured> {
  const measured = await stream(size);
  const inSeconds = (micros: number): number => (micros * measured.fragments) / 1e6;
  const forecast = inSeconds(expected(size));
  if (forecast > effort.limit) return { size, micros: null, seconds: forecast };
  globalThis.gc?.();
  // After a while of doing nothing, and after the garbage collection, the first runs are slower.
  await warmUp(await stream(1000), 10, effort.atLeast);
  const micros = await measure(measured, effort.atLeast);
  known.set(size, micros);
  return { size, micros, seconds: inSeconds(micros) };
}

/**
 * The cost of a fragment, if it goes on growing as it did between the two largest sizes below. What grows
 * much is taken to grow with the length: between small sizes other costs hide how much it does.
 */
function expected(size: number): number {
  const [one = [1, 0], other = one] = [...known].filter(([each]) => each < size).slice(-2);
  const exponent = Math.log(other[1] / one[1]) / Math.log(other[0] / one[0]);
  return other[1] * (size / other[0]) ** (exponent > 0.5 ? Math.max(1, exponent) : 0);
}
