import type { Cost, Prices } from 'rx-llm';

/** A list that knows the models named, or any: a token of the input costs 0.01, one of the output 0.1. */
export function flatPrices(models: readonly string[] | null = null, currency = 'USD'): Prices {
  return ({ provider, model, usage: { inputTokens, outputTokens } }): Cost | null => {
    if (models !== null && !models.includes(model)) return null;
    if (inputTokens === null || outputTokens === null) return null;
    const [input, output] = [inputTokens / 100, outputTokens / 10];
    const entry = { provider, model, source: 'spec', pricesDate: null };
    return { total: input + output, input, output, currency, ...entry };
  };
}
