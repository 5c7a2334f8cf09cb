import { afterEach, describe, expect, it } from '@jest/globals';
import { updatePrices, waitForUpdate, type Provider } from '@pydantic/genai-prices';
import { priceEntries, providerOf } from '../../prices/price-entries.ts';

const noNames = new Map<string, string>();

describe('priceEntries', () => {
  let bundled: Provider[] | null = null;

  afterEach(() => {
    if (bundled !== null) setData(bundled);
  });

  it('should give the provider with the one model', () => {
    const entry = priceEntries(noNames)({ provider: 'azure', model: 'gpt-4.1-mini-2025-04-14' });
    expect(entry).toMatchObject({ id: 'azure', models: [{ id: 'gpt-4.1-mini' }] });
    expect(entry?.models).toHaveLength(1);
    expect(entry?.fallback_model_providers).toBeUndefined();
  });

  it('should keep the prices of what is counted, and those that show what is not', () => {
    const entryOf = priceEntries(noNames);
    const priceOf = (provider: string, model: string) =>
      entryOf({ provider, model })?.models[0]?.prices;
    expect(priceOf('google', 'gemini-2.5-flash')).toEqual({
      input_mtok: 0.3,
      cache_read_mtok: 0.03,
      output_mtok: 2.5,
    });
    expect(priceOf('openai', 'gpt-audio')).toEqual({
      input_mtok: 2.5,
      output_mtok: 10,
      output_audio_mtok: 64,
    });
    expect(priceOf('openai', 'o3')).toEqual([
      { prices: { input_mtok: 10, cache_read_mtok: 0.5, output_mtok: 40 } },
      {
        constraint: { type: 'start_date', start_date: '2025-06-10' },
        prices: { input_mtok: 2, cache_read_mtok: 0.5, output_mtok: 8 },
      },
    ]);
  });

  it('should look a model up once', () => {
    const entryOf = priceEntries(noNames);
    const call = { provider: 'openai', model: 'gpt-4o' };
    expect(entryOf(call)).toBe(entryOf({ ...call }));
    expect(entryOf({ ...call, model: 'gpt-4.1' })).not.toBe(entryOf(call));
    expect(entryOf({ ...call, provider: 'azure' })).not.toBe(entryOf(call));
  });

  it('should give null for what the list does not have', () => {
    const entryOf = priceEntries(noNames);
    expect(entryOf({ provider: 'openai', model: 'no-such-model' })).toBeNull();
    expect(entryOf({ provider: 'my-openai-proxy', model: 'gpt-4o' })).toBeNull();
    expect(entryOf({ provider: 'litellm', model: 'our-alias' })).toBeNull();
  });

  it('should look again when the package got other data', async () => {
    bundled = await waitForUpdate();
    const entryOf = priceEntries(noNames);
    const [known, unknown] = ['gpt-4o', 'gpt-9'].map((model) => ({ provider: 'openai', model }));
    expect(entryOf(known!)).not.toBeNull();
    expect(entryOf(unknown!)).toBeNull();
    const model = { id: 'gpt-9', match: { equals: 'gpt-9' }, prices: { input_mtok: 90 } };
    setData([{ id: 'openai', name: 'OpenAI', api_pattern: '.*', models: [model] }]);
    expect(entryOf(known!)).toBeNull();
    expect(entryOf(unknown!)?.models).toMatchObject([{ id: 'gpt-9' }]);
  });
});

describe('providerOf', () => {
  it('should know providers by their ids alone', () => {
    expect(providerOf('openai')?.name).toBe('OpenAI');
    expect(providerOf('aws')?.id).toBe('aws');
    for (const id of ['bedrock', 'xai', 'my-openai-proxy', 'OpenAI', '']) {
      expect(providerOf(id)).toBeNull();
    }
  });
});

/** Gives the package other data, as a job that fetches them would. */
const setData = (data: Provider[]): void =>
  updatePrices(({ setProviderData }) => setProviderData(data));
