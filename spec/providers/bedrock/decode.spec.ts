import { describe, expect, it } from '@jest/globals';
import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { commonFinishReason, decodeEvent } from '../../../providers/bedrock/decode.ts';

/** Events as the SDK hands them out, wider than its types. */
const decode = (event: unknown) => decodeEvent(event as ConverseStreamOutput);

const delta = (fields: object, contentBlockIndex = 0) =>
  decode({ contentBlockDelta: { contentBlockIndex, delta: fields } });

const counts = (usage: object) => decode({ metadata: { usage } }).commonUsage;

describe('decodeEvent', () => {
  it.each([
    ['the start of a message', { messageStart: { role: 'assistant' } }],
    ['an event of an unknown type', { $unknown: ['later', {}] }],
    ['an empty event', {}],
    ['no event', undefined],
    ['the start of an image', { contentBlockStart: { start: { image: { format: 'png' } } } }],
    ['a start of nothing', { contentBlockStart: {} }],
    ['a delta of nothing', { contentBlockDelta: { contentBlockIndex: 0 } }],
    ['metadata without usage', { metadata: { metrics: { latencyMs: 1 } } }],
  ])('should say nothing of %s', (_name, event) => {
    expect(decode(event)).toEqual({});
  });

  it.each([
    ['a signature', { reasoningContent: { signature: 'c2ln' } }],
    ['encrypted reasoning', { reasoningContent: { redactedContent: new Uint8Array([1]) } }],
    ['a citation', { citation: { title: 'facts' } }],
    ['a piece of an image', { image: { source: { bytes: new Uint8Array([1]) } } }],
    ['a result of a tool of the service', { toolResult: [{ text: 'found' }] }],
    ['an unknown kind', { $unknown: ['later', {}] }],
  ])('should say nothing of a delta that is %s', (_name, fields) => {
    expect(delta(fields)).toEqual({});
  });

  it('should give text and thinking', () => {
    expect(delta({ text: 'Hi' })).toEqual({ content: 'Hi' });
    expect(delta({ text: '' })).toEqual({ content: '' });
    expect(delta({ reasoningContent: { text: 'Hm' } })).toEqual({ thinking: 'Hm' });
  });

  describe('reads tool calls: it', () => {
    const start = (toolUse: object) =>
      decode({ contentBlockStart: { contentBlockIndex: 2, start: { toolUse } } });

    it('should open a call at the start of its block', () => {
      expect(start({ toolUseId: 't1', name: 'add' })).toEqual({
        toolCalls: [{ index: 2, id: 't1', name: 'add', arguments: '' }],
      });
    });

    it('should keep further fields with the call', () => {
      expect(start({ toolUseId: 't1', name: 'add', type: 'later' }).toolCalls).toEqual([
        { index: 2, id: 't1', name: 'add', arguments: '', extra: { type: 'later' } },
      ]);
    });

    it('should open none for a tool the service runs itself', () => {
      expect(start({ toolUseId: 't1', name: 'search', type: 'server_tool_use' })).toEqual({});
    });

    it('should continue a call, and only continue one', () => {
      expect(delta({ toolUse: { input: '{"a":' } }, 2)).toEqual({
        toolCalls: [{ index: 2, id: null, name: null, arguments: '{"a":', continues: true }],
      });
    });

    it('should end a call where its block ends', () => {
      expect(decode({ contentBlockStop: { contentBlockIndex: 2 } })).toEqual({
        endedToolCalls: [2],
      });
    });
  });

  it('should take messageStop for the end, behind which usage may follow', () => {
    expect(decode({ messageStop: { stopReason: 'end_turn' } })).toEqual({
      finishReasons: ['end_turn'],
      end: 'soon',
    });
    expect(decode({ messageStop: {} })).toEqual({ end: 'soon' });
  });

  describe('counts tokens: it', () => {
    it('should give them in common terms and in Bedrock’s own', () => {
      const usage = { inputTokens: 9, outputTokens: 4, totalTokens: 13 };
      expect(decode({ metadata: { usage } })).toEqual({
        usage,
        commonUsage: {
          inputTokens: 9,
          outputTokens: 4,
          totalTokens: 13,
          cachedTokens: null,
          cacheWriteTokens: null,
          reasoningTokens: null,
        },
      });
    });

    it('should add what was read from and written to the cache to the input', () => {
      // Recorded: converse-text-a29f3f.
      expect(
        counts({
          inputTokens: 11,
          outputTokens: 236,
          totalTokens: 1275,
          cacheReadInputTokens: 0,
          cacheWriteInputTokens: 1028,
        }),
      ).toMatchObject({
        inputTokens: 1039,
        totalTokens: 1275,
        cachedTokens: 0,
        cacheWriteTokens: 1028,
      });
      expect(counts({ inputTokens: 5, outputTokens: 1, cacheReadInputTokens: 7 })).toMatchObject({
        inputTokens: 12,
        totalTokens: 13,
        cachedTokens: 7,
      });
    });

    it('should add nothing where the total shows that the input includes it', () => {
      expect(
        counts({ inputTokens: 12, outputTokens: 1, totalTokens: 13, cacheReadInputTokens: 7 }),
      ).toMatchObject({ inputTokens: 12, cachedTokens: 7 });
    });

    it('should not know what was not said', () => {
      expect(counts({ outputTokens: 4 })).toMatchObject({
        inputTokens: null,
        outputTokens: 4,
        totalTokens: null,
      });
    });
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['tool_use', 'tool_calls'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['guardrail_intervened', 'content_filter'],
    ['content_filtered', 'content_filter'],
    ['malformed_model_output', 'error'],
    ['malformed_tool_use', 'error'],
    ['something_new', 'other'],
  ])('should tell %s as %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });
});
