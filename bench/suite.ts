/** A stream that can be run again and again. */
export interface Stream {
  /** How many fragments come in it; costs are per fragment. */
  readonly fragments: number;
  /** Runs it to its end, reads every value on the way, and gives what the last one came to. */
  readonly run: () => Promise<unknown>;
  /** What `run` must give. */
  readonly expected: unknown;
}

/** Something that is measured. */
export interface Case {
  readonly name: string;
  /** The case of the same suite that it is held against, in the same round. */
  readonly beside?: string;
  /** Makes the stream of about so many fragments. */
  readonly stream: (size: number) => Stream | Promise<Stream>;
}

/** Cases that are reported together. */
export interface Suite {
  readonly name: string;
  /** Whether it is part of a quick run. */
  readonly quick: boolean;
  readonly cases: readonly Case[];
  /** How many fragments a stream has, from few to many. */
  readonly sizes: (quick: boolean) => readonly number[];
  /** What was found, as Markdown. */
  readonly report: (results: Results) => string;
}

/** What was measured of a suite. */
export interface Results {
  readonly sizes: readonly number[];
  /** The cases that were chosen, in their order. */
  readonly cases: readonly Case[];
  readonly of: (name: string, size: number) => Result;
}

/** What was measured of a case at a size. */
export interface Result {
  /** CPU time in µs per fragment, by round; none in a round where it was not measured. */
  readonly rounds: ReadonlyMap<number, number>;
  /** What a stream would have taken, in s of CPU time, where that was too long to measure it. */
  readonly tooLong: number | null;
}
