import { GenerateContentResponse } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { generatedContent } from '../../../providers/google/response.ts';

const event = (data: object): GenerateContentResponse => data as GenerateContentResponse;

const parts = (...list: readonly object[]): GenerateContentResponse =>
  event({ candidates: [{ content: { role: 'model', parts: list }, index: 0 }] });

const rebuild = (events: readonly GenerateContentResponse[]) =>
  events.reduce((fold, item) => fold.add(item), generatedContent);

const pcm = (bytes: readonly number[], mimeType = 'audio/L16;codec=pcm;rate=24000'): object => ({
  inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') },
});
const call = (functionCall: object, more: object = {}): object => ({ functionCall, ...more });

describe('generatedContent', () => {
  it('should be an empty response before any event', () => {
    expect(generatedContent.result()).toEqual({});
  });

  it('should be of the class of its events, getters included', () => {
    const first = Object.assign(new GenerateContentResponse(), parts({ text: 'Hel' }));
    const response = rebuild([first, parts({ text: 'lo' })]).result();
    expect(response).toBeInstanceOf(GenerateContentResponse);
    expect(response.text).toBe('Hello');
    expect(Object.keys(response)).toEqual(['candidates']);
  });

  describe('keeps what it knows: it', () => {
    it('should keep the last known value of each field', () => {
      const response = rebuild([
        event({
          responseId: 'r1',
          modelVersion: 'gemini-x',
          createTime: 'then',
          usageMetadata: { promptTokenCount: 9, trafficType: 'ON_DEMAND' },
          candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] } }],
        }),
        event({ modelVersion: null, usageMetadata: { promptTokenCount: 9, totalTokenCount: 12 } }),
        event({
          candidates: [
            { finishReason: 'STOP', avgLogprobs: -0.5, safetyRatings: [{ category: 'A' }] },
          ],
          promptFeedback: { safetyRatings: [] },
          fieldOfTheFuture: 1,
        }),
      ]).result();
      expect(response).toEqual({
        responseId: 'r1',
        modelVersion: 'gemini-x',
        createTime: 'then',
        usageMetadata: { promptTokenCount: 9, totalTokenCount: 12, trafficType: 'ON_DEMAND' },
        promptFeedback: { safetyRatings: [] },
        fieldOfTheFuture: 1,
        candidates: [
          {
            content: { role: 'model', parts: [{ text: 'Hi' }] },
            finishReason: 'STOP',
            avgLogprobs: -0.5,
            safetyRatings: [{ category: 'A' }],
          },
        ],
      });
    });

    it('should extend citations and grounding, without repeats', () => {
      const [a, b] = [{ uri: 'https://a.test' }, { uri: 'https://b.test' }];
      const grounded = (groundingMetadata: object, citationMetadata: object) =>
        event({ candidates: [{ groundingMetadata, citationMetadata }] });
      const [candidate] = rebuild([
        grounded({}, { citations: [a] }),
        grounded({ groundingChunks: [{ web: a }], webSearchQueries: ['q'] }, { citations: [b] }),
        grounded(
          {
            groundingChunks: [{ web: a }, { web: b }],
            searchEntryPoint: { renderedContent: '<p>' },
          },
          { citations: [a] },
        ),
      ]).result().candidates!;
      expect(candidate).toEqual({
        citationMetadata: { citations: [a, b] },
        groundingMetadata: {
          groundingChunks: [{ web: a }, { web: b }],
          webSearchQueries: ['q'],
          searchEntryPoint: { renderedContent: '<p>' },
        },
      });
    });

    it('should extend log probabilities, repeats included', () => {
      const token = { token: 'ha', logProbability: -0.1 };
      const logprobsResult = {
        chosenCandidates: [token],
        topCandidates: [{ candidates: [token] }],
      };
      const logged = event({ candidates: [{ logprobsResult }] });
      expect(rebuild([logged, logged]).result().candidates![0]!.logprobsResult).toEqual({
        chosenCandidates: [token, token],
        topCandidates: [{ candidates: [token] }, { candidates: [token] }],
      });
    });

    it('should keep candidates apart, in order', () => {
      const said = (index: number, text: string) =>
        event({ candidates: [{ index, content: { role: 'model', parts: [{ text }] } }] });
      const { candidates } = rebuild([said(1, 'o'), said(0, 'a'), said(1, 'k')]).result();
      expect(candidates).toEqual([
        { index: 0, content: { role: 'model', parts: [{ text: 'a' }] } },
        { index: 1, content: { role: 'model', parts: [{ text: 'ok' }] } },
      ]);
    });
  });

  it('should give a blocked prompt as it came', () => {
    const promptFeedback = { blockReason: 'SAFETY', blockReasonMessage: 'Reasons' };
    expect(rebuild([event({ promptFeedback })]).result()).toEqual({ promptFeedback });
  });

  it.each([
    ['null', null],
    ['a text', 'ping'],
    ['candidates that are null', { candidates: null }],
    ['a candidate that is null', { candidates: [null] }],
    ['parts that are null', { candidates: [{ content: { parts: [null] } }] }],
  ])('should be total: %s', (_name, odd: unknown) => {
    expect(() => rebuild([odd as GenerateContentResponse]).result()).not.toThrow();
  });

  describe('is immutable: it', () => {
    const everything = [
      parts({ text: 'Hm', thought: true }),
      parts({ text: 'Hel' }),
      parts({ text: 'lo' }, call({ name: 'f', willContinue: true })),
      parts(call({ partialArgs: [{ jsonPath: '$.a', numberValue: 1 }], willContinue: true })),
      parts(call({})),
      parts(pcm([1, 2])),
      parts(pcm([3])),
      event({
        candidates: [{ finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['q'] } }],
      }),
      event({ usageMetadata: { totalTokenCount: 3 } }),
    ];

    it('should not change an earlier result, nor the events', () => {
      const copy = structuredClone(everything);
      let fold = generatedContent;
      const results = everything.map((item) => {
        fold = fold.add(item);
        const result = fold.result();
        return [result, structuredClone(result)] as const;
      });
      for (const [result, then] of results) expect(result).toEqual(then);
      expect(everything).toEqual(copy);
    });

    it('should let two streams grow from one fold', () => {
      const start = rebuild([parts({ text: 'Hel' })]);
      const [one, two] = [start.add(parts({ text: 'lo' })), start.add(parts({ text: 'p' }))];
      const textOf = (fold: typeof start) => fold.result().candidates![0]!.content!.parts![0]!.text;
      expect([textOf(one), textOf(two), textOf(start)]).toEqual(['Hello', 'Help', 'Hel']);
    });
  });
});
