import type { CommonUsage } from './usage.ts';

/** What a call has used, to be priced. */
export interface PricedCall {
  /** Name of the provider. */
  readonly provider: string;
  /** Model that answered. */
  readonly model: string;
  readonly usage: CommonUsage;
  /** When the call was made, in ms since the epoch: prices change. */
  readonly time: number;
}

/** What a call costs, and how that is known. */
export interface Cost {
  /** In all; more than input and output together where there is a fee per request. */
  readonly total: number;
  /** For the input, cached tokens at their own rates included. */
  readonly input: number;
  /** For the output, reasoning included. */
  readonly output: number;
  /** What the numbers are in, such as `USD`. */
  readonly currency: string;
  /** The entry of the price list: its provider and its model. */
  readonly provider: string;
  readonly model: string;
  /** Where the prices are from. */
  readonly source: string;
  /** The day since which the price has held, such as `2026-09-01`; `null` where the list does not say. */
  readonly pricesDate: string | null;
}

/**
 * A price list: what a call costs, `null` where the list does not know the model or too little is known
 * of the usage. Pure, and cheap enough to be asked while a stream is under way.
 *
 * @example
 * ```ts
 * const flat: Prices = ({ provider, model, usage: { inputTokens, outputTokens } }) => {
 *   if (inputTokens === null || outputTokens === null) return null;
 *   const [input, output] = [inputTokens * 1e-7, outputTokens * 4e-7];
 *   return { total: input + output, input, output, currency: 'USD', provider, model, source: 'contract', pricesDate: null };
 * };
 * ```
 */
export type Prices = (call: PricedCall) => Cost | null;
