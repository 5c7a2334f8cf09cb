import type { GenerateContentResponse } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { commonFinishReason, decodeEvent } from '../../../providers/google/decode.ts';

/** Events as servers send them: wider than the SDK's types, so they are not held against them. */
const decode = (event: unknown, candidateCount?: number) =>
  decodeEvent(event as GenerateContentResponse, {
    config: candidateCount === undefined ? {} : { candidateCount },
  });

const decodeParts = (...parts: readonly object[]) =>
  decode({ candidates: [{ content: { role: 'model', parts } }] });

const nothing = {
  id: null,
  model: null,
  content: '',
  thinking: '',
  audio: null,
  usage: null,
  commonUsage: null,
  finishReasons: null,
};

describe('decodeEvent', () => {
  describe('is total: it', () => {
    it.each([
      ['null', null],
      ['undefined', undefined],
      ['a text', 'hello'],
      ['a number', 7],
      ['a list', []],
      ['an empty object', {}],
      ['an unknown object', { type: 'ping', data: { content: 'no' } }],
      ['candidates that are null', { candidates: null }],
      ['candidates that are no list', { candidates: { index: 0 } }],
      ['a candidate that is null', { candidates: [null] }],
      ['a candidate that is empty', { candidates: [{}] }],
      ['content that is null', { candidates: [{ content: null }] }],
      ['content without parts', { candidates: [{ content: { role: 'model' } }] }],
      ['parts that are null', { candidates: [{ content: { parts: null } }] }],
      ['a part that is null', { candidates: [{ content: { parts: [null] } }] }],
      ['a part that is empty', { candidates: [{ content: { parts: [{}] } }] }],
      ['a part it does not know', { candidates: [{ content: { parts: [{ hologram: {} }] } }] }],
      ['an empty text', { candidates: [{ content: { parts: [{ text: '' }] } }] }],
      ['an error', { error: { message: 'no' } }],
      ['prompt feedback that blocks nothing', { promptFeedback: { safetyRatings: [] } }],
      [
        'fields that are null',
        { responseId: null, modelVersion: null, usageMetadata: null, promptFeedback: null },
      ],
    ])('should find nothing in %s', (_name, event) => {
      expect(decode(event)).toEqual(nothing);
    });

    it('should change nothing in the event', () => {
      const event = {
        candidates: [{ content: { parts: [{ text: 'Hi' }, { functionCall: { name: 'f' } }] } }],
      };
      const before = structuredClone(event);
      expect(decode(event)).toEqual(decode(event));
      expect(event).toEqual(before);
    });
  });

  it('should give id and model', () => {
    expect(decode({ responseId: 'r1', modelVersion: 'gemini-x' })).toEqual({
      ...nothing,
      id: 'r1',
      model: 'gemini-x',
    });
  });

  describe('reads parts: it', () => {
    it('should join the texts of an event', () => {
      expect(decodeParts({ text: 'Hel' }, { text: 'lo' })).toEqual({
        ...nothing,
        content: 'Hello',
      });
    });

    it('should keep thoughts apart', () => {
      expect(
        decodeParts(
          { text: 'Hm. ', thought: true },
          { text: 'Yes' },
          { text: 'So.', thought: true },
        ),
      ).toEqual({ ...nothing, content: 'Yes', thinking: 'Hm. So.' });
    });

    it('should read nothing of a signature on an empty text', () => {
      expect(decodeParts({ text: '', thoughtSignature: 'c2ln' })).toEqual(nothing);
    });

    it('should read nothing of code that the server runs', () => {
      expect(
        decodeParts(
          { executableCode: { code: 'print(1)' } },
          { codeExecutionResult: { output: '1' } },
        ),
      ).toEqual(nothing);
    });

    it('should give the bytes of audio, of all its parts', () => {
      const inlineData = (data: string) => ({
        inlineData: { mimeType: 'audio/L16;codec=pcm;rate=24000', data },
      });
      const { audio } = decodeParts(inlineData('AAH+'), inlineData('/w=='));
      expect(audio).toEqual(Uint8Array.of(0, 1, 254, 255));
    });

    it('should not take an image for audio', () => {
      expect(decodeParts({ inlineData: { mimeType: 'image/png', data: 'AA==' } })).toEqual(nothing);
    });

    it('should give calls, with the ends of those that are whole', () => {
      expect(
        decodeParts(
          { functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'c2ln' },
          { functionCall: { id: 'b', name: 'g', willContinue: true } },
        ),
      ).toEqual({
        ...nothing,
        toolCalls: [
          { index: 0, id: null, name: 'f', arguments: '{"a":1}' },
          { index: 1, id: 'b', name: 'g', arguments: '' },
        ],
        endedToolCalls: [0],
      });
    });

    it('should give content of the first candidate only', () => {
      const candidates = [
        { index: 1, content: { parts: [{ text: 'one' }] } },
        { index: 0, content: { parts: [{ text: 'zero' }] } },
      ];
      expect(decode({ candidates }, 2)).toEqual({ ...nothing, content: 'zero' });
    });
  });

  describe('reads usage: it', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      toolUsePromptTokenCount: 20,
      candidatesTokenCount: 7,
      thoughtsTokenCount: 3,
      totalTokenCount: 130,
    };

    it('should count tool results of the server as input and thoughts as output', () => {
      expect(decode({ usageMetadata })).toEqual({
        ...nothing,
        usage: usageMetadata,
        commonUsage: {
          inputTokens: 120,
          outputTokens: 10,
          totalTokens: 130,
          cachedTokens: 40,
          cacheWriteTokens: null,
          reasoningTokens: 3,
        },
      });
    });

    it('should add up to the total', () => {
      const { commonUsage } = decode({ usageMetadata });
      expect(commonUsage!.inputTokens! + commonUsage!.outputTokens!).toBe(commonUsage!.totalTokens);
    });

    it('should say null, not 0, for what is not told', () => {
      expect(decode({ usageMetadata: { trafficType: 'ON_DEMAND' } }).commonUsage).toEqual({
        inputTokens: null,
        outputTokens: null,
        totalTokens: null,
        cachedTokens: null,
        cacheWriteTokens: null,
        reasoningTokens: null,
      });
    });

    it('should know the output while the model still thinks', () => {
      expect(decode({ usageMetadata: { thoughtsTokenCount: 5 } }).commonUsage).toMatchObject({
        outputTokens: 5,
        reasoningTokens: 5,
      });
    });
  });

  describe('reads the end: it', () => {
    it('should take a finish reason for evidence of it', () => {
      expect(decode({ candidates: [{ finishReason: 'STOP' }] })).toEqual({
        ...nothing,
        finishReasons: ['STOP'],
        end: 'soon',
      });
    });

    it('should give a block reason as the reason, and as the end', () => {
      expect(decode({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } })).toEqual({
        ...nothing,
        finishReasons: ['PROHIBITED_CONTENT'],
        end: 'soon',
      });
    });

    it('should give finish reasons by position, with null for those that go on', () => {
      const candidates = [
        { index: 2, finishReason: 'MAX_TOKENS' },
        { index: 0, content: { parts: [] } },
      ];
      expect(decode({ candidates }, 3)).toEqual({
        ...nothing,
        finishReasons: [null, null, 'MAX_TOKENS'],
      });
    });
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['CONTINUATION', 'length'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['BLOCKLIST', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['SPII', 'content_filter'],
    ['IMAGE_SAFETY', 'content_filter'],
    ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
    ['IMAGE_RECITATION', 'content_filter'],
    ['MODEL_ARMOR', 'content_filter'],
    ['JAILBREAK', 'content_filter'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['MALFORMED_RESPONSE', 'error'],
    ['UNEXPECTED_TOOL_CALL', 'error'],
    ['TOO_MANY_TOOL_CALLS', 'error'],
    ['LANGUAGE', 'other'],
    ['OTHER', 'other'],
    ['NO_IMAGE', 'other'],
    ['IMAGE_OTHER', 'other'],
    ['SOMETHING_NEW', 'other'],
    ['constructor', 'other'],
    ['', 'other'],
  ])('should tell %j as %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });
});
