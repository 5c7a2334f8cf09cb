import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Chunk, PricedCall, Prices } from 'rx-llm';
import { finish, text, thinking, toolCall, usage, type ScriptedEvent } from 'rx-llm/testing';
import { callPricer, type CallCost, type CostOptions } from '../../../operators/cost/call-cost.ts';
import { flatPrices } from './flat-prices.ts';
import { chunksOf } from './scripted-chunks.ts';

const prices = flatPrices();

/** The cost after each chunk. */
function costsOf(chunks: readonly Chunk[], options: CostOptions = { prices }): CallCost[] {
  const pricer = callPricer(chunks[0]!.call, options);
  return chunks.map((chunk) => pricer.add(chunk));
}

const totals = (costs: readonly CallCost[]): number[] => costs.map(({ total }) => total);

/** A price list that keeps what it was asked. */
function recordingPrices(): { readonly prices: Prices; readonly asked: PricedCall[] } {
  const asked: PricedCall[] = [];
  return {
    asked,
    prices: (call) => {
      asked.push(call);
      return prices(call);
    },
  };
}

describe('callPricer', () => {
  describe('with the counts of a provider', () => {
    it('should cost nothing, and say that it does not know, until counts come', () => {
      const costs = costsOf(chunksOf(['He', 'llo', usage({ inputTokens: 5, outputTokens: 2 })]));
      expect(costs.map(({ total, known }) => [total, known])).toEqual([
        [0, false],
        [0, false],
        [0.25, true],
      ]);
      expect(costs.at(-1)).toEqual({ total: 0.25, known: true, currency: 'USD', doubt: null });
    });

    it('should price the last known counts, not their sum', () => {
      const counts = [3, 6, 9].map((outputTokens) => usage({ inputTokens: 10, outputTokens }));
      expect(totals(costsOf(chunksOf(counts)))).toEqual([0.4, 0.7, 1]);
    });

    it('should price counts that come in parts', () => {
      const costs = costsOf(
        chunksOf([usage({ inputTokens: 10 }), 'Hi', usage({ outputTokens: 2 }), finish()]),
      );
      expect(totals(costs)).toEqual([0.1, 0.1, 0.30000000000000004, 0.30000000000000004]);
      expect(costs.map(({ known }) => known)).toEqual([false, false, true, true]);
    });

    it('should ask for cached tokens and reasoning only where their whole is known', () => {
      const { prices, asked } = recordingPrices();
      const parts = { cachedTokens: 4, cacheWriteTokens: 1, reasoningTokens: 2 };
      const events = [
        usage(parts),
        usage({ ...parts, inputTokens: 9 }),
        usage({ outputTokens: 3 }),
      ];
      costsOf(chunksOf(events), { prices });
      expect(asked.map((call) => call.usage)).toEqual([
        { inputTokens: 0, outputTokens: 0, totalTokens: 0, ...unknownParts },
        { inputTokens: 9, outputTokens: 0, totalTokens: 9, ...parts, reasoningTokens: null },
        { inputTokens: 9, outputTokens: 3, totalTokens: 12, ...parts },
      ]);
    });

    it('should give the same object while nothing changes, and ask the list only when something does', () => {
      const { prices, asked } = recordingPrices();
      const counts = usage({ inputTokens: 5, outputTokens: 2 });
      const costs = costsOf(chunksOf(['a', 'b', 'c', counts, counts, 'd', finish()]), { prices });
      expect(new Set(costs).size).toBe(2);
      expect(costs[2]).toBe(costs[0]);
      expect(costs[6]).toBe(costs[3]);
      expect(asked).toHaveLength(2);
    });

    it('should price the model that answers at the time of the call', () => {
      const { prices, asked } = recordingPrices();
      const chunks = chunksOf(['Hi', { model: 'answering', content: '!' }]);
      costsOf(chunks, { prices });
      const [{ call }] = chunks as [Chunk];
      expect(asked.map(({ provider, model, time }) => [provider, model, time])).toEqual([
        ['scripted', 'asked-for', call.startTime],
        ['scripted', 'answering', call.startTime],
      ]);
    });
  });

  describe('where it cannot know', () => {
    it('should say at the first chunk that there is no price list', () => {
      const [cost] = costsOf(chunksOf(['Hi']), {});
      expect(cost).toMatchObject({ total: 0, known: false, currency: null });
      expect(cost?.doubt).toBe('The call has no price list; give it one with the option prices');
    });

    it('should put the call’s own price list before that of the options', () => {
      const own = flatPrices(['asked-for']);
      const none: Prices = () => null;
      expect(costsOf(chunksOf(['Hi'], { prices: own }), { prices: none })[0]?.doubt).toBeNull();
      expect(costsOf(chunksOf(['Hi'], { prices: none }), { prices: own })[0]?.doubt).not.toBeNull();
    });

    it.each<[string, ScriptedEvent]>([
      ['text', text('Hi')],
      ['thinking', thinking('Hm')],
      ['a refusal', { refusal: 'No' }],
      ['audio', { audio: Uint8Array.of(1) }],
      ['a tool call', toolCall({ name: 'get_weather', args: { city: 'Oslo' } })],
      ['usage', usage({ inputTokens: 5 })],
      ['the name of the model', { model: 'answering' }],
    ])('should say with %s that the list does not know the model', (_, event) => {
      const [first, second] = costsOf(chunksOf([text(''), event]), { prices: flatPrices([]) });
      expect(first?.doubt).toBeNull();
      const model = event.model ?? 'asked-for';
      expect(second?.doubt).toBe(
        `The price list does not know what ${model} costs; give prices that do`,
      );
    });

    it('should not doubt a deployment’s name when the model that answers is known', () => {
      const events = [text(''), { model: 'known', content: 'Hi' }];
      const costs = costsOf(chunksOf(events), { prices: flatPrices(['known']) });
      expect(costs.map(({ doubt }) => doubt)).toEqual([null, null]);
      expect(costs.map(({ currency }) => currency)).toEqual([null, 'USD']);
    });

    it('should keep what a call had cost when its model gets an unknown name', () => {
      const events = [usage({ inputTokens: 10, outputTokens: 1 }), { model: 'other' }];
      const [, cost] = costsOf(chunksOf(events), { prices: flatPrices(['asked-for']) });
      expect(cost).toMatchObject({ total: 0.2, known: false, currency: 'USD' });
      expect(cost?.doubt).toContain('other');
    });

    it.each([NaN, Infinity, -1])('should not take %p for a price', (total) => {
      const broken: Prices = (call) => ({ ...prices(call)!, total });
      const [cost] = costsOf(chunksOf(['Hi']), { prices: broken });
      expect(cost).toMatchObject({ total: 0, known: false });
      expect(cost?.doubt).toContain('does not know what asked-for costs');
    });

    it('should let a price list throw', () => {
      const fault = new Error('my own');
      const broken: Prices = () => {
        throw fault;
      };
      expect(() => costsOf(chunksOf(['Hi']), { prices: broken })).toThrow(fault);
    });
  });

  describe('with an estimate', () => {
    const estimate = (words: string): number => words.length;
    const estimating = { prices, estimate };

    it('should count the messages and the text as it comes, and real counts when they come', () => {
      const reported = usage({ inputTokens: 7, outputTokens: 2 });
      const costs = costsOf(
        chunksOf(['abc', 'de', reported], { prompt: '0123456789' }),
        estimating,
      );
      expect(totals(costs)).toEqual([0.1 + 0.3, 0.1 + 0.5, 0.07 + 0.2]);
      expect(costs.map(({ known }) => known)).toEqual([false, false, true]);
    });

    it('should count what came since the output was last known', () => {
      const start = usage({ inputTokens: 10, outputTokens: 1 });
      const end = usage({ outputTokens: 4 });
      const costs = costsOf(chunksOf([start, 'abc', 'de', end]), estimating);
      expect(totals(costs)).toEqual([0.2, 0.1 + 0.4, 0.1 + 0.6, 0.1 + 0.4]);
      expect(costs.map(({ known }) => known)).toEqual([true, false, false, true]);
    });

    it('should count nothing of a chunk that brings its own count', () => {
      const events = [1, 2].map((outputTokens) => ({
        content: 'abcdef',
        usage: { inputTokens: 10, outputTokens },
      }));
      expect(totals(costsOf(chunksOf(events), estimating))).toEqual([0.2, 0.1 + 0.2]);
    });

    it('should count text, thinking, refusals and arguments, once each', () => {
      const said = [text('ab'), thinking('c'), { refusal: 'defg' }];
      const call = toolCall({ name: 'get_weather', argumentsText: '{"a":1}' });
      const costs = costsOf(chunksOf([...said, call, text(''), finish()]), estimating);
      const input = 'Hello'.length / 100;
      expect(totals(costs)).toEqual([2, 3, 7, 14, 14, 14].map((output) => input + output / 10));
    });

    it('should count an answer that stands in a tool’s arguments once', () => {
      const [chunk] = chunksOf(['abc']) as [Chunk];
      const shape = { ...chunk.call.shape, tool: 'answer' } as NonNullable<Chunk['call']['shape']>;
      const piece = { index: 0, id: null, name: null, arguments: 'abc' };
      const call = { ...chunk.call, shape };
      const answer = { ...chunk, call, toolCallDeltas: [piece] };
      const other = { ...answer, content: '' };
      const input = 'Hello'.length / 100;
      expect(totals(costsOf([answer, other], estimating))).toEqual([input + 0.3, input + 0.6]);
    });

    it('should read the messages once, and not at all when the provider counts them first', () => {
      const read = jest.fn(estimate);
      costsOf(chunksOf(['ab', 'cd', 'ef'], { prompt: 'The prompt' }), { prices, estimate: read });
      expect(read.mock.calls.map(([words]) => words)).toEqual(['ab', 'The prompt', 'cd', 'ef']);
      read.mockClear();
      costsOf(chunksOf([usage({ inputTokens: 1 }), 'ab']), { prices, estimate: read });
      expect(read.mock.calls.map(([words]) => words)).toEqual(['ab']);
    });

    it.each([NaN, Infinity, -1])('should refuse an estimate of %p', (tokens) => {
      const broken = { prices, estimate: () => tokens };
      expect(() => costsOf(chunksOf(['Hi']), broken)).toThrow(RangeError);
      expect(() => costsOf(chunksOf(['Hi']), broken)).toThrow(
        `estimate must give a number of tokens, 0 or more, not ${tokens}`,
      );
    });

    it('should end at the real price, however the text is cut and whatever was estimated', () => {
      const pieces = fc.array(fc.string(), { maxLength: 20 });
      const share = fc.double({ min: 0, max: 10, noNaN: true });
      fc.assert(
        fc.property(pieces, share, fc.nat(1000), fc.nat(1000), (parts, each, input, output) => {
          const counts = usage({ inputTokens: input, outputTokens: output });
          const options = { prices, estimate: (words: string) => words.length * each };
          const last = costsOf(chunksOf([...parts.map(text), counts]), options).at(-1);
          expect(last).toEqual({
            total: input / 100 + output / 10,
            known: true,
            currency: 'USD',
            doubt: null,
          });
        }),
      );
    });
  });
});

const unknownParts = { cachedTokens: null, cacheWriteTokens: null, reasoningTokens: null };
