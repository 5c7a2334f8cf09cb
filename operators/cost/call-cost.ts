import { textsIn } from '../../lib/failure.ts';
import {
  commonUsage,
  type CallContext,
  type Chunk,
  type CommonUsage,
  type Cost,
  type Prices,
} from '../../lib/index.ts';
import { mergeUsage } from '../../lib/usage.ts';

/** What costs are worked out with. */
export interface CostOptions {
  /** The price list of calls that have none of their own (their option `prices`). */
  readonly prices?: Prices;
  /**
   * How many tokens a text is, roughly; may be a fraction, such as `text.length / 4`. With it a call
   * counts from its first chunk: the texts of its messages, and what it has written since its counts
   * were last known, piece by piece. Real counts take the place of estimates when they come. Default:
   * only real counts count.
   */
  readonly estimate?: (text: string) => number;
}

/** What is known of the cost of a call. */
export interface CallCost {
  /** The price of what is known or estimated of its counts; the rest counts as nothing. */
  readonly total: number;
  /** Whether that is the price of known counts, in and out. */
  readonly known: boolean;
  /** What the total is in, `null` before the price list has said. */
  readonly currency: string | null;
  /** Why it cannot be known, `null` while it can. */
  readonly doubt: string | null;
}

/** Follows the cost of a call, chunk by chunk. */
export interface CallPricer {
  /** The cost after one more chunk: the same object when nothing changed. */
  add(chunk: Chunk): CallCost;
}

/** Follows the cost of a call. Counts are cumulative, so the last known ones are priced, never their sum. */
export function callPricer(call: CallContext, options: CostOptions): CallPricer {
  const prices = call.prices ?? options.prices ?? null;
  const tokensIn = options.estimate && tokenEstimate(options.estimate);
  let cost: CallCost = { total: 0, known: false, currency: null, doubt: null };
  let isNew = true;
  /** The one asked for until the provider names it. */
  let { model } = call;
  /** Whether that is the model that answers: where the provider names none, it does not before it answers. */
  let isNamed = false;
  let usage: CommonUsage | null = null;
  let promptTokens: number | null = null;
  /** Estimated output since the last known count. */
  let writtenTokens = 0;

  const counts = (): CommonUsage => {
    const { inputTokens = null, outputTokens = null } = usage ?? {};
    if (inputTokens === null && tokensIn) {
      promptTokens ??= tokensIn(textsIn(call.request).join('\n'));
    }
    return commonUsage({
      // Parts of a count that is not known would be more than the whole.
      ...(inputTokens !== null && {
        cachedTokens: usage?.cachedTokens,
        cacheWriteTokens: usage?.cacheWriteTokens,
      }),
      ...(outputTokens !== null && { reasoningTokens: usage?.reasoningTokens }),
      inputTokens: inputTokens ?? promptTokens ?? 0,
      outputTokens: (outputTokens ?? 0) + writtenTokens,
    });
  };

  const priced = (): CallCost => {
    if (prices === null) return { ...cost, known: false, doubt: noPriceList };
    const { name } = call.provider;
    const price = prices({ provider: name, model, usage: counts(), time: call.startTime });
    if (!isPrice(price)) {
      return { ...cost, known: false, doubt: isNamed ? unknownModel(model) : null };
    }
    const { total, currency } = price;
    const { inputTokens = null, outputTokens = null } = usage ?? {};
    const known = inputTokens !== null && outputTokens !== null && writtenTokens === 0;
    return { total, currency, known, doubt: null };
  };

  return {
    add(chunk) {
      const before = { model, isNamed, usage, writtenTokens };
      model = chunk.model ?? model;
      usage = mergeUsage(usage, chunk.commonUsage);
      const written = writtenIn(chunk);
      isNamed ||= chunk.model !== null || usage !== null || written !== '' || chunk.audio !== null;
      if (chunk.outputTokens !== null) writtenTokens = 0;
      else if (tokensIn) writtenTokens += tokensIn(written);
      const isSame =
        model === before.model &&
        isNamed === before.isNamed &&
        usage === before.usage &&
        writtenTokens === before.writtenTokens;
      if (isNew || !isSame) cost = priced();
      isNew = false;
      return cost;
    },
  };
}

/** Whatever a chunk adds to the output. */
function writtenIn({ content, thinking, refusal, toolCallDeltas, call }: Chunk): string {
  // Where a tool stands for the answer, the pieces of its arguments are the content.
  const isAnswer = content !== '' && (call.shape?.tool ?? null) !== null;
  const args = isAnswer ? [] : toolCallDeltas.map((delta) => delta.arguments);
  return [content, thinking, refusal ?? '', ...args].join('');
}

/** The caller's estimate, held to what it promises: a count that is no number would never reach a limit. */
const tokenEstimate =
  (estimate: (text: string) => number) =>
  (text: string): number => {
    const tokens = text === '' ? 0 : estimate(text);
    if (tokens >= 0 && tokens < Infinity) return tokens;
    throw new RangeError(`estimate must give a number of tokens, 0 or more, not ${tokens}`);
  };

/** A price that is no number would never reach a limit. */
const isPrice = (cost: Cost | null): cost is Cost =>
  cost !== null && cost.total >= 0 && cost.total < Infinity;

const noPriceList = 'The call has no price list; give it one with the option prices';

const unknownModel = (model: string): string =>
  `The price list does not know what ${model} costs; give prices that do`;
