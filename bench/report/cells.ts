import type { Result, Results } from '../suite.ts';
import { grouped, micros, times } from './markdown.ts';
import { medianOf, medianOfBoth, quotient } from './medians.ts';

/** µs per fragment at each size. */
export const costs = ({ sizes, of }: Results, name: string): readonly string[] =>
  sizes.map((size) => cost(of(name, size)));

/** µs per fragment, or why there are none. */
export const cost = (result: Result): string =>
  result.tooLong === null
    ? micros(medianOf(result))
    : `not run: ~${grouped(Number(result.tooLong.toPrecision(2)))} s`;

/** How the cost grows from each size to the next. */
export const growths = ({ sizes, of }: Results, name: string): readonly string[] =>
  steps(sizes).map(([small, large]) =>
    times(medianOfBoth(of(name, large), of(name, small), quotient)),
  );

/** The heads of the columns of costs and growths. */
export const headsOf = (sizes: readonly number[]): readonly string[] => [
  ...sizes.map((size) => `µs at ${grouped(size)}`),
  ...steps(sizes).map(([small, large]) => `${grouped(large)} : ${grouped(small)}`),
];

const steps = (sizes: readonly number[]): readonly (readonly [number, number])[] =>
  sizes.slice(1).map((large, position) => [sizes[position] ?? large, large]);
