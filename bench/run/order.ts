/** What a worker is for. */
export interface Order {
  readonly suite: string;
  readonly case: string;
  readonly effort: Effort;
}

/** How much is put into a measurement. */
export interface Effort {
  /** How long code runs at most before it is measured, in ms of CPU time. */
  readonly warmUp: number;
  /** How long a measurement takes at least, in ms of CPU time: short streams run again and again. */
  readonly atLeast: number;
  /** What would take longer is not measured, in s of CPU time for one stream. */
  readonly limit: number;
}

/** What a worker found out about one size. */
export interface Measured {
  readonly size: number;
  /** CPU time in µs per fragment, `null` where it was not measured. */
  readonly micros: number | null;
  /** CPU time of one stream, in s: measured, or expected where it was not. */
  readonly seconds: number;
}
