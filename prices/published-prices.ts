import { calcPrice, type PriceCalculation, type Usage } from '@pydantic/genai-prices';
import type { CommonUsage, Cost, Prices } from '../lib/index.ts';
import { priceEntries, providerOf } from './price-entries.ts';

/** Options of {@link publishedPrices}. */
export interface PublishedPricesOptions {
  /**
   * Providers with a name of your own, and their ids in the list: `{ gateway: 'openai' }` prices what
   * `compatible({ name: 'gateway', … })` answers as OpenAI's.
   */
  readonly providers?: Readonly<Record<string, string>>;
}

/**
 * The prices that providers publish, in US dollars: those that `@pydantic/genai-prices` brings along
 * (`npm install @pydantic/genai-prices`). No network, no file is read.
 *
 * The providers of this library are known by their names; a service made with `compatible()` is when its
 * name is its id in the list, such as `openrouter`, `deepseek` or `together`, or when `providers` says
 * so. Models are known by the names the provider takes and answers with: inference profiles and ARNs at
 * Bedrock, `anthropic/claude-sonnet-4-5` at LiteLLM, where a name without a provider is that of the
 * provider whose names look like it. An Azure deployment is priced by the model that answers. Which entry
 * was taken stands in the cost: `provider` and `model`.
 *
 * Cached tokens are part of the input, and cost what reading and writing them costs, once; tokens that
 * the list has no such price for are input like any other. Reasoning is part of the output and costs
 * the same. Prices that depend on the date, the time of day or the length of the input are those of the
 * call. A fee per request is part of `total` alone.
 *
 * Gives `null`, never a guess: for a provider or a model the list does not know; where input or output
 * tokens are not known, or do not add up; where the entry has no price for text in and out; and for
 * models that answer in audio, images or reasoning at another price than text, because common counts do
 * not tell these apart. Never throws.
 *
 * Not in the price, because the counts do not show it: audio and images sent at another price than
 * text, cache writes that last longer than five minutes, searches and other tools of the provider,
 * discounts for batches and service tiers, and whatever else you have agreed upon.
 *
 * `pricesDate` is the day since which the price has held, where the entry names one, and `null`
 * elsewhere. The package does not tell how old its data are, nor its version: that is in its
 * `package.json`. Data it is given later, through its `updatePrices`, are used from then on.
 *
 * Remembers which entry belongs to a model: asking again costs some 15 to 40 µs. The package is imported
 * with this entry point, some 80 kB compressed: a price list answers at once, so it
 * cannot load one first.
 *
 * @example
 * ```ts
 * import { publishedPrices } from 'rx-llm/prices';
 *
 * const prices = publishedPrices();
 * const recommendBook = openai.call({ model: 'gpt-4o-mini', prices }, (genre: string) => `Recommend a ${genre} book`);
 * recommendBook('fantasy').pipe(toCallResponse()).subscribe(({ cost }) => console.log(cost)); // 0.0000123
 *
 * // Your own prices first, published ones for everything else.
 * const negotiated: Prices = (call) => ours(call) ?? prices(call);
 * ```
 * @throws {TypeError} when the list has no provider of an id in `providers`
 */
export function publishedPrices({ providers = {} }: PublishedPricesOptions = {}): Prices {
  const named = new Map(Object.entries(providers));
  for (const [name, id] of named) {
    if (providerOf(id) === null) {
      throw new TypeError(
        `publishedPrices: the list has no provider "${id}"; give an id, such as { providers: { ${name}: 'openai' } }`,
      );
    }
  }
  const entryOf = priceEntries(named);
  return (call) => {
    const usage = usageOf(call.usage);
    if (usage === null) return null;
    try {
      const provider = entryOf(call);
      if (provider === null) return null;
      const timestamp = new Date(call.time);
      const calculation = calcPrice(usage, call.model, { provider, timestamp });
      return calculation && costOf(calculation);
    } catch {
      // Counts that contradict each other, and entries that do.
      return null;
    }
  };
}

function usageOf({
  inputTokens,
  outputTokens,
  cachedTokens,
  cacheWriteTokens,
}: CommonUsage): Usage | null {
  if (inputTokens === null || outputTokens === null) return null;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    ...(cachedTokens !== null && { cache_read_tokens: cachedTokens }),
    ...(cacheWriteTokens !== null && { cache_write_tokens: cacheWriteTokens }),
  };
}

function costOf(calculation: PriceCalculation): Cost | null {
  if (!pricesTokens(calculation)) return null;
  const { provider, model } = calculation;
  return {
    total: calculation.total_price,
    input: calculation.input_price,
    output: calculation.output_price,
    currency: 'USD',
    provider: provider.id,
    model: model.id,
    source: '@pydantic/genai-prices',
    pricesDate: startOf(calculation),
  };
}

/**
 * Whether a price is that of all tokens, in and out. An entry without prices may be free or unfinished;
 * of the models that answer in audio or images some entries have the price of text only.
 */
function pricesTokens({ model: { id }, model_price: price }: PriceCalculation): boolean {
  if (id.endsWith(':free')) return true;
  const { input_mtok: input, output_mtok: output } = price as Readonly<Record<string, unknown>>;
  const isApart = (key: string): boolean => /^output_.+_mtok$/.test(key);
  if (input === undefined || output === undefined || Object.keys(price).some(isApart)) return false;
  return !/\b(audio|image)\b/.test(id);
}

/** The day since which a price has held; entries without one have had it from the beginning of the list. */
function startOf({ model: { prices }, model_price: price }: PriceCalculation): string | null {
  if (!Array.isArray(prices)) return null;
  const constraint = prices.find((each) => each.prices === price)?.constraint;
  return constraint?.type === 'start_date' ? constraint.start_date : null;
}
