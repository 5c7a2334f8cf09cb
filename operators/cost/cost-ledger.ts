import type { CallContext } from '../../lib/index.ts';
import type { CallCost } from './call-cost.ts';

/** What everything measured has cost so far. */
export interface CostReading {
  /**
   * The sum over all calls, in `currency`; a call that is under way counts with its last known usage. Where
   * calls are `unknown` and nothing is estimated it is the least they have cost.
   */
  readonly total: number;
  /**
   * How many calls have a cost that is not known: under way without usage, ended, failed or left before it
   * came, or not on the price list. An estimate is not known either.
   */
  readonly unknown: number;
  /** What the total is in, such as `USD`; `null` before anything had a price. */
  readonly currency: string | null;
}

/** Why the sum is not what everything has cost, and where that comes from. */
export interface Doubt {
  readonly provider: string;
  readonly message: string;
}

/** Adds up what calls cost. Holds a number for each call, as long as the call itself is held. */
export interface CostLedger {
  readonly reading: CostReading;
  /** The first reason why the sum cannot be known, `null` while it can. */
  readonly doubt: Doubt | null;
  /**
   * Takes down what a call has cost after some of its chunks. Who has seen more of a call is right, so a
   * call that is measured twice counts once.
   */
  enter(call: CallContext, chunks: number, cost: CallCost): void;
  /** Takes down that a call is over: counts that are not known now never will be. */
  close(call: CallContext): void;
}

export function costLedger(): CostLedger {
  const entries = new WeakMap<object, Entry>();
  let reading: CostReading = { total: 0, unknown: 0, currency: null };
  let doubt: Doubt | null = null;
  /** The call that changed last, and the sum of all others: taking off and adding again would round. */
  let latest: Entry | null = null;
  let others = 0;

  const entryOf = (call: CallContext): Entry => {
    const known = entries.get(keyOf(call));
    if (known !== undefined) return known;
    const entry: Entry = { chunks: 0, cost: null, counted: 0, isKnown: true };
    entries.set(keyOf(call), entry);
    return entry;
  };

  return {
    get reading() {
      return reading;
    },
    get doubt() {
      return doubt;
    },
    enter(call, chunks, cost) {
      const entry = entryOf(call);
      if (chunks <= entry.chunks) return;
      entry.chunks = chunks;
      if (entry.cost === cost) return;
      entry.cost = cost;
      if (entry !== latest) others = reading.total - entry.counted;
      latest = entry;
      const currency = reading.currency ?? cost.currency;
      const isAlien = cost.currency !== null && cost.currency !== currency;
      const isKnown = cost.known && !isAlien;
      entry.counted = isAlien ? 0 : cost.total;
      const total = others + entry.counted;
      const unknown = reading.unknown + Number(!isKnown) - Number(!entry.isKnown);
      entry.isKnown = isKnown;
      if (total !== reading.total || unknown !== reading.unknown || currency !== reading.currency) {
        reading = { total, unknown, currency };
      }
      const reason = isAlien ? mixed(currency, cost.currency) : cost.doubt;
      if (reason !== null) doubt ??= { provider: call.provider.name, message: reason };
    },
    close(call) {
      if (entryOf(call).isKnown) return;
      doubt ??= { provider: call.provider.name, message: noCounts };
    },
  };
}

/** What is taken down of a call. */
interface Entry {
  chunks: number;
  cost: CallCost | null;
  /** What of it is in the sum. */
  counted: number;
  /** Whether it is not one of the unknown. */
  isKnown: boolean;
}

/** Operators that make one stream of several calls copy the context of a call; this stays the same. */
const keyOf = (call: CallContext): object => call.proceed;

const noCounts = 'A call has ended without its token counts, so what it cost is not known';

const mixed = (one: string | null, other: string | null): string =>
  `Costs in ${other} do not add up with those in ${one}; measure them apart`;
