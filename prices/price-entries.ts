import { calcPrice, findProvider, type ModelPrice, type Provider } from '@pydantic/genai-prices';
import type { PricedCall } from '../lib/index.ts';
import { listModel, type ListModel } from './list-model.ts';

/** Finds what the list has of a call's model: its provider with the one model; `null` when it has none. */
export type PriceEntries = (call: Pick<PricedCall, 'provider' | 'model'>) => Provider | null;

/**
 * The entries of the list, each looked up once: matching a name takes longer the more models a provider
 * has. Looked up anew when the package got other data.
 *
 * @param named the list's ids of providers with a name of the caller's
 */
export function priceEntries(named: ReadonlyMap<string, string>): PriceEntries {
  const entries = new Map<string, Entry>();
  return ({ provider, model }) => {
    const key = JSON.stringify([provider, model]);
    const known = entries.get(key);
    if (known && isCurrent(known)) return known.found;
    const wanted = listModel(provider, model, named, ownerOf);
    if (wanted === null) return null;
    const list = providerOf(wanted.provider);
    const found = list && lookedUp(wanted);
    entries.set(key, { provider: wanted.provider, list, found });
    return found;
  };
}

/** The list's provider of an id. By the id alone: the list itself also takes names that contain it. */
export function providerOf(id: string): Provider | null {
  const provider = findProvider({ providerId: id });
  return provider?.id === id ? provider : null;
}

/** What was found for a model. */
interface Entry {
  /** The list's id of the provider. */
  readonly provider: string;
  /** The provider as the list had it when the model was looked up. */
  readonly list: Provider | null;
  readonly found: Provider | null;
}

const isCurrent = ({ provider, list }: Entry): boolean => providerOf(provider) === list;

const ownerOf = (model: string): string | null => findProvider({ modelId: model })?.id ?? null;

function lookedUp({ provider: providerId, model: name }: ListModel): Provider | null {
  const calculation = calcPrice({}, name, { providerId });
  if (calculation === null) return null;
  const { fallback_model_providers: _others, ...provider } = calculation.provider;
  const { prices, ...model } = calculation.model;
  const kept = Array.isArray(prices)
    ? prices.map((each) => ({ ...each, prices: priceOfCounts(each.prices) }))
    : priceOfCounts(prices);
  return { ...provider, models: [{ ...model, prices: kept, match: { starts_with: '' } }] };
}

/**
 * What of a price can matter. Of what is never counted here nothing is ever used, and the calculation
 * takes several times as long for it: it holds every price against every other.
 */
const priceOfCounts = (price: ModelPrice): ModelPrice =>
  Object.fromEntries(Object.entries(price).filter(([key]) => counted.test(key)));

/** The prices of counts, fees per request, and output at a price of its own, which is to be told. */
const counted = /^(input|cache_read|cache_write|output|output_.+)_mtok$|^requests_kcount$/;
