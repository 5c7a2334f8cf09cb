import { afterEach, describe, expect, it } from '@jest/globals';
import { calcPrice, updatePrices, waitForUpdate, type Provider } from '@pydantic/genai-prices';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { lastValueFrom } from 'rxjs';
import type { CommonUsage, Cost, Prices } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { finish, scriptedProvider, text, usage } from 'rx-llm/testing';
import { commonUsage, type KnownUsage } from '../../lib/index.ts';
import { publishedPrices } from '../../prices/index.ts';

const prices = publishedPrices();
const november = Date.parse('2026-11-26T12:00:00Z');

const costOf = (
  provider: string,
  model: string,
  counts: KnownUsage,
  time: number = november,
): Cost | null => prices({ provider, model, usage: commonUsage(counts), time });

/** What a million tokens cost, as the providers publish it. */
interface Rates {
  readonly input: number;
  readonly output: number;
  readonly read?: number;
  readonly write?: number;
}

const table: readonly (readonly [
  provider: string,
  model: string,
  entry: readonly [provider: string, model: string],
  rates: Rates,
])[] = [
  ['openai', 'gpt-4o-mini', ['openai', 'gpt-4o-mini'], { input: 0.15, read: 0.075, output: 0.6 }],
  ['openai', 'gpt-4o-2024-08-06', ['openai', 'gpt-4o'], { input: 2.5, read: 1.25, output: 10 }],
  ['openai', 'o1-pro', ['openai', 'o1-pro'], { input: 150, output: 600 }],
  [
    'anthropic',
    'claude-opus-4-1-20250805',
    ['anthropic', 'claude-opus-4-1'],
    { input: 15, read: 1.5, write: 18.75, output: 75 },
  ],
  [
    'anthropic',
    'claude-haiku-4-5-20251001',
    ['anthropic', 'claude-haiku-4-5'],
    { input: 1, read: 0.1, write: 1.25, output: 5 },
  ],
  [
    'google',
    'gemini-2.5-flash',
    ['google', 'gemini-2.5-flash'],
    { input: 0.3, read: 0.03, output: 2.5 },
  ],
  [
    'groq',
    'llama-3.3-70b-versatile',
    ['groq', 'llama-3.3-70b-versatile'],
    { input: 0.59, output: 0.79 },
  ],
  [
    'xai',
    'grok-code-fast-1',
    ['x-ai', 'grok-code-fast-1'],
    { input: 0.2, read: 0.02, output: 1.5 },
  ],
  [
    'mistral',
    'mistral-small-latest',
    ['mistral', 'mistral-small-latest'],
    { input: 0.1, output: 0.3 },
  ],
  ['cohere', 'command-a-03-2025', ['cohere', 'command-a'], { input: 2.5, output: 10 }],
  ['azure', 'o4-mini-2025-04-16', ['azure', 'o4-mini'], { input: 1.1, read: 0.28, output: 4.4 }],
  ['azure', 'gpt-4.1-mini', ['azure', 'gpt-4.1-mini'], { input: 0.4, read: 0.1, output: 1.6 }],
  [
    'bedrock',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    ['aws', 'regional.anthropic.claude-haiku-4-5-20251001-v1:0'],
    { input: 1.1, read: 0.11, write: 1.375, output: 5.5 },
  ],
  [
    'bedrock',
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0',
    ['aws', 'amazon.nova-pro-v1:0'],
    { input: 0.8, read: 0.2, output: 3.2 },
  ],
  [
    'litellm',
    'anthropic/claude-3-5-haiku-20241022',
    ['anthropic', 'claude-3-5-haiku-latest'],
    { input: 0.8, read: 0.08, write: 1, output: 4 },
  ],
  ['litellm', 'gpt-4.1', ['openai', 'gpt-4.1'], { input: 2, read: 0.5, output: 8 }],
  [
    'openrouter',
    'openai/gpt-4o-mini',
    ['openrouter', 'openai/gpt-4o-mini'],
    { input: 0.15, read: 0.075, output: 0.6 },
  ],
  ['deepseek', 'deepseek-v3.2', ['deepseek', 'deepseek-v3.2'], { input: 0.2288, output: 0.3432 }],
];

/** Counts that fit together: cached ones are part of the input, reasoning is part of the output. */
const counts = fc
  .record({
    uncached: fc.nat(60_000),
    cachedTokens: fc.option(fc.nat(30_000)),
    cacheWriteTokens: fc.option(fc.nat(30_000)),
    outputTokens: fc.nat(60_000),
    reasoning: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ uncached, reasoning, ...rest }) => ({
    ...rest,
    inputTokens: uncached + (rest.cachedTokens ?? 0) + (rest.cacheWriteTokens ?? 0),
    reasoningTokens: reasoning === null ? null : Math.floor(reasoning * rest.outputTokens),
  }));

describe('publishedPrices', () => {
  describe.each(table)('for %s %s', (provider, model, [listProvider, listModel], rates) => {
    it('should cost what its provider publishes, every token once', () => {
      fc.assert(
        fc.property(counts, (given) => {
          const read = given.cachedTokens ?? 0;
          const written = given.cacheWriteTokens ?? 0;
          const input =
            (given.inputTokens - read - written) * rates.input +
            read * (rates.read ?? rates.input) +
            written * (rates.write ?? rates.input);
          const cost = costOf(provider, model, given)!;
          expect(cost.input).toBeCloseTo(input / 1e6, 9);
          expect(cost.output).toBeCloseTo((given.outputTokens * rates.output) / 1e6, 9);
          expect(cost.total).toBeCloseTo(cost.input + cost.output, 12);
        }),
        { numRuns: 30 },
      );
    });

    it('should say which entry that is', () => {
      expect(costOf(provider, model, { inputTokens: 9, outputTokens: 1 })).toMatchObject({
        provider: listProvider,
        model: listModel,
        currency: 'USD',
        source: '@pydantic/genai-prices',
      });
    });

    it('should know nothing of other models and of calls whose counts are not known', () => {
      expect(costOf(provider, `no-such-model`, { inputTokens: 9, outputTokens: 1 })).toBeNull();
      expect(costOf(provider, model, { inputTokens: 9 })).toBeNull();
      expect(costOf(provider, model, { outputTokens: 1 })).toBeNull();
      expect(costOf(provider, model, { totalTokens: 10 })).toBeNull();
    });

    it('should cost nothing when nothing was used', () => {
      expect(costOf(provider, model, { inputTokens: 0, outputTokens: 0 })).toMatchObject({
        total: 0,
        input: 0,
        output: 0,
      });
    });
  });

  it('should fill in the cost of responses', async () => {
    const reported = usage({ inputTokens: 1000, cachedTokens: 400, outputTokens: 200 });
    const llm = scriptedProvider([text('Hi'), finish(), reported], { name: 'openai' });
    const answer = llm.call({ model: 'gpt-4o-mini', prices }, () => 'Hello')();
    const response = await lastValueFrom(answer.pipe(toCallResponse()));
    expect(response.cost).toBeCloseTo((600 * 0.15 + 400 * 0.075 + 200 * 0.6) / 1e6, 12);
    expect(response.costMetadata).toMatchObject({ provider: 'openai', model: 'gpt-4o-mini' });
  });

  describe('with prices that depend on the call', () => {
    const million = { inputTokens: 1e6, outputTokens: 1e6 };

    it('should take those of the day of the call, and say since when they have held', () => {
      const before = costOf('openai', 'o3', million, Date.parse('2025-06-09T23:59:59Z'));
      const after = costOf('openai', 'o3', million, Date.parse('2025-06-10T00:00:00Z'));
      expect(before).toMatchObject({ total: 50, pricesDate: null });
      expect(after).toMatchObject({ total: 10, pricesDate: '2025-06-10' });
    });

    it('should not take a date to come for that of the prices', () => {
      const cost = costOf('google', 'gemini-3.6-flash', million);
      expect(cost).toMatchObject({ input: 0.75, output: 3.75, pricesDate: null });
      const later = costOf('google', 'gemini-3.6-flash', million, Date.parse('2027-01-01'));
      expect(later).toMatchObject({ input: 1.5, output: 7.5, pricesDate: '2027-01-01' });
    });

    it('should take those of the time of day', () => {
      const day = costOf('deepseek', 'deepseek-chat', million, Date.parse('2026-11-26T12:00:00Z'));
      const night = costOf(
        'deepseek',
        'deepseek-chat',
        million,
        Date.parse('2026-11-26T20:00:00Z'),
      );
      expect(night?.total).toBeLessThan(day!.total);
      expect(day?.pricesDate).toBeNull();
    });

    it('should take those of long inputs for all of a long input', () => {
      const [within, beyond] = [200_000, 200_001].map((inputTokens) =>
        costOf('anthropic', 'claude-sonnet-4-5', { inputTokens, outputTokens: 1000 }),
      );
      expect(within?.total).toBeCloseTo((200_000 * 3 + 1000 * 15) / 1e6, 9);
      expect(beyond?.total).toBeCloseTo((200_001 * 6 + 1000 * 22.5) / 1e6, 9);
    });

    it('should count a fee per request in the total alone', () => {
      const cost = costOf('perplexity', 'sonar', { inputTokens: 1000, outputTokens: 0 })!;
      expect(cost.input).toBeCloseTo(0.001, 9);
      expect(cost.total).toBeGreaterThan(cost.input);
    });
  });

  describe('where it does not know', () => {
    const some = { inputTokens: 1000, outputTokens: 100 };

    it.each([
      ['a provider the list does not have', 'ollama', 'llama3'],
      ['a service whose name only contains a provider', 'my-openai-proxy', 'gpt-4o'],
      ['the wrong provider', 'anthropic', 'gpt-4o'],
      ['an alias of a LiteLLM proxy', 'litellm', 'our-model'],
      ['a LiteLLM provider the list does not have', 'litellm', 'ollama/gpt-4o'],
      [
        'an application’s own inference profile',
        'bedrock',
        'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
      ],
      ['a model that answers in audio at another price', 'openai', 'gpt-audio'],
      ['a model of audio with the price of its text only', 'openai', 'gpt-4o-audio-preview'],
      ['a model that answers in images at another price', 'google', 'gemini-2.5-flash-image'],
      ['a model whose reasoning has another price', 'perplexity', 'sonar-deep-research'],
      ['an entry without the price of output', 'openai', 'text-embedding-3-small'],
      ['an entry without any price', 'openai', 'omni-moderation-latest'],
      ['an entry priced by pages', 'mistral', 'mistral-ocr-latest'],
    ])('should give null for %s', (_, provider, model) => {
      expect(costOf(provider, model, some)).toBeNull();
      expect(costOf(provider, model, some)).toBeNull();
    });

    it('should know that a free model is free', () => {
      const cost = costOf('openrouter', 'deepseek/deepseek-r1:free', some);
      expect(cost).toMatchObject({ total: 0, input: 0, output: 0 });
    });

    it('should give null for counts that do not add up', () => {
      expect(costOf('openai', 'gpt-4o', { ...some, cachedTokens: 1001 })).toBeNull();
      expect(costOf('openai', 'gpt-4o', { ...some, inputTokens: -1 })).toBeNull();
      expect(costOf('openai', 'gpt-4o', { ...some, outputTokens: NaN })).toBeNull();
      expect(costOf('openai', 'o3', some, NaN)).toBeNull();
      expect(costOf('openai', 'o3', some)).not.toBeNull();
    });

    it('should never throw, and never give anything but a price', () => {
      const names = fc.constantFrom(...table.map(([provider]) => provider));
      const models = fc.constantFrom(...table.map(([, model]) => model));
      const count = fc.option(
        fc.oneof(fc.nat(), fc.double(), fc.constantFrom(-1, NaN, Infinity, -Infinity)),
      );
      const given = fc.record<CommonUsage>({
        inputTokens: count,
        outputTokens: count,
        totalTokens: count,
        cachedTokens: count,
        cacheWriteTokens: count,
        reasoningTokens: count,
      });
      fc.assert(
        fc.property(
          fc.oneof(names, fc.string()),
          fc.oneof(models, fc.string()),
          given,
          fc.oneof(fc.integer(), fc.double()),
          (provider, model, used, time) => {
            const cost = prices({ provider, model, usage: used, time });
            if (cost === null) return;
            for (const part of [cost.total, cost.input, cost.output]) {
              expect(part).toBeGreaterThanOrEqual(0);
              expect(part).toBeLessThan(Infinity);
            }
          },
        ),
      );
    });
  });

  describe('and the package', () => {
    it('should agree with it on every model of the list, asked once and again', async () => {
      const list = (await waitForUpdate())!;
      const moments = ['2024-01-01T00:00:00Z', '2026-11-26T03:00:00Z', '2027-06-01T12:00:00Z'];
      let agreed = 0;
      for (const { id, models } of list) {
        for (const { id: model } of models) {
          for (const moment of moments) {
            const time = Date.parse(moment);
            const given = { inputTokens: 300_000, cachedTokens: 1000, cacheWriteTokens: 500 };
            const cost = costOf(id, model, { ...given, outputTokens: 4000 }, time);
            if (cost === null) continue;
            const theirs = calcPrice(
              {
                input_tokens: 300_000,
                cache_read_tokens: 1000,
                cache_write_tokens: 500,
                output_tokens: 4000,
              },
              model,
              { providerId: id, timestamp: new Date(time) },
            )!;
            expect([cost.provider, cost.model]).toEqual([theirs.provider.id, theirs.model.id]);
            expect([cost.total, cost.input, cost.output]).toEqual([
              theirs.total_price,
              theirs.input_price,
              theirs.output_price,
            ]);
            agreed++;
          }
        }
      }
      expect(agreed).toBeGreaterThan(3000);
    });

    describe('given other data', () => {
      let bundled: Provider[] | null = null;

      afterEach(() => {
        if (bundled !== null) setData(bundled);
      });

      it('should use them from then on', async () => {
        bundled = await waitForUpdate();
        const some = { inputTokens: 1e6, outputTokens: 1e6 };
        expect(costOf('openai', 'gpt-4o', some)?.total).toBe(12.5);
        expect(costOf('openai', 'gpt-9', some)).toBeNull();
        const known = (id: string, input_mtok: number) => ({
          id,
          match: { equals: id },
          prices: { input_mtok, output_mtok: 1 },
        });
        setData([
          {
            id: 'openai',
            name: 'OpenAI',
            api_pattern: 'https://api\\.openai\\.com',
            models: [known('gpt-4o', 1), known('gpt-9', 90)],
          },
        ]);
        expect(costOf('openai', 'gpt-4o', some)?.total).toBe(2);
        expect(costOf('openai', 'gpt-9', some)?.total).toBe(91);
        expect(costOf('xai', 'grok-4.3', some)).toBeNull();
      });
    });
  });

  describe('with names of the caller’s own', () => {
    it('should price what they stand for', () => {
      const named = publishedPrices({ providers: { gateway: 'openai', 'our-bedrock': 'aws' } });
      const given = { usage: commonUsage({ inputTokens: 1e6, outputTokens: 0 }), time: november };
      expect(named({ provider: 'gateway', model: 'gpt-4o', ...given })).toMatchObject({
        total: 2.5,
        provider: 'openai',
      });
      const model = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0';
      expect(named({ provider: 'our-bedrock', model, ...given })?.total).toBe(0.8);
      expect(prices({ provider: 'gateway', model: 'gpt-4o', ...given })).toBeNull();
    });

    it.each(['bedrock', 'my-openai-proxy', ''])(
      'should refuse the id "%s", which the list does not have',
      (id) => {
        expect(() => publishedPrices({ providers: { gateway: id } })).toThrow(TypeError);
        expect(() => publishedPrices({ providers: { gateway: id } })).toThrow(
          `the list has no provider "${id}"; give an id, such as { providers: { gateway: 'openai' } }`,
        );
      },
    );
  });

  it('should be a price list by type', () => {
    expectTypeOf(publishedPrices).returns.toEqualTypeOf<Prices>();
    // @ts-expect-error: ids are texts
    expect(() => publishedPrices({ providers: { gateway: 1 } })).toThrow(TypeError);
  });
});

/** Gives the package other data, as a job that fetches them would. */
const setData = (data: Provider[]): void =>
  updatePrices(({ setProviderData }) => setProviderData(data));
