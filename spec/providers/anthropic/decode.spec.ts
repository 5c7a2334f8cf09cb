import { describe, expect, it } from '@jest/globals';
import { commonFinishReason, decodeEvent } from '../../../providers/anthropic/decode.ts';
import type { MessageEvent } from '../../../providers/anthropic/wire.ts';

/** Events as servers send them: wider than the SDK's types, so they are not held against them. */
const decode = (event: unknown) => decodeEvent(event as MessageEvent);

const start = (content_block: object) =>
  decode({ type: 'content_block_start', index: 2, content_block });

const delta = (content: object) =>
  decode({ type: 'content_block_delta', index: 2, delta: content });

const messageDelta = (content: object, fields: object = {}) =>
  decode({ type: 'message_delta', delta: content, ...fields });

const usage = {
  input_tokens: 3,
  cache_read_input_tokens: 2,
  cache_creation_input_tokens: 1,
  output_tokens: 4,
};

const counts = {
  inputTokens: 6,
  outputTokens: 4,
  totalTokens: 10,
  cachedTokens: 2,
  cacheWriteTokens: 1,
  reasoningTokens: null,
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
      ['an event of another type', { type: 'message_pause', content: 'no' }],
      ['a block of another type', { type: 'content_block_start', content_block: { type: 'x' } }],
      ['a start without a block', { type: 'content_block_start', index: 0 }],
      [
        'a delta of another type',
        { type: 'content_block_delta', delta: { type: 'x', text: 'no' } },
      ],
      ['no delta', { type: 'content_block_delta', index: 0 }],
      ['a delta that is null', { type: 'content_block_delta', index: 0, delta: null }],
    ])('should find nothing in %s', (_name, event) => {
      expect(decode(event)).toEqual({});
    });

    it('should find nothing in a message that starts without anything', () => {
      expect(decode({ type: 'message_start' })).toEqual({ id: null, model: null });
      expect(decode({ type: 'message_start', message: null })).toEqual({ id: null, model: null });
    });

    it('should find nothing in a message_delta without anything', () => {
      expect(decode({ type: 'message_delta' })).toEqual({ refusal: null, finishReasons: null });
    });

    it('should read pieces that are missing as empty', () => {
      expect(delta({ type: 'text_delta' })).toEqual({ content: '' });
      expect(delta({ type: 'thinking_delta', thinking: null })).toEqual({ thinking: '' });
      expect(decode({ type: 'content_block_delta', delta: { type: 'input_json_delta' } })).toEqual({
        toolCalls: [{ index: null, id: null, name: null, arguments: '', continues: true }],
      });
      expect(decode({ type: 'content_block_start', content_block: { type: 'tool_use' } })).toEqual({
        toolCalls: [{ index: null, id: null, name: null, arguments: '' }],
      });
    });

    it('should change nothing in the event', () => {
      const event = {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 }, caller: {} },
      };
      const before = structuredClone(event);
      expect(decode(event)).toEqual(decode(event));
      expect(event).toEqual(before);
    });
  });

  describe('reads the head: it', () => {
    it('should give id, model and counts of message_start', () => {
      const message = { id: 'msg_7', model: 'claude-x', usage };
      expect(decode({ type: 'message_start', message })).toEqual({
        id: 'msg_7',
        model: 'claude-x',
        usage,
        commonUsage: counts,
      });
    });

    it('should take an empty id and model for unknown', () => {
      const message = { id: '', model: '', usage: null };
      expect(decode({ type: 'message_start', message })).toEqual({ id: null, model: null });
    });
  });

  describe('reads blocks: it', () => {
    it.each([
      ['text', { type: 'text_delta', text: 'Hi' }, { content: 'Hi' }],
      ['thinking', { type: 'thinking_delta', thinking: 'Hm' }, { thinking: 'Hm' }],
      ['a signature', { type: 'signature_delta', signature: 'c2ln' }, {}],
      ['a citation', { type: 'citations_delta', citation: { cited_text: 'no' } }, {}],
      ['a compaction', { type: 'compaction_delta', content: 'no' }, {}],
      [
        'a piece of arguments, which may be those of a server tool',
        { type: 'input_json_delta', partial_json: '{"a' },
        { toolCalls: [{ index: 2, id: null, name: null, arguments: '{"a', continues: true }] },
      ],
    ])('should read %s', (_name, content, said) => {
      expect(delta(content)).toEqual(said);
    });

    it.each([
      ['text', { type: 'text', text: '' }, { content: '' }],
      ['text that begins at once', { type: 'text', text: 'Hi' }, { content: 'Hi' }],
      ['thinking', { type: 'thinking', thinking: '', signature: '' }, { thinking: '' }],
      ['thinking that begins at once', { type: 'thinking', thinking: 'Hm' }, { thinking: 'Hm' }],
      ['redacted thinking', { type: 'redacted_thinking', data: 'eA' }, {}],
      ['a server tool', { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, {}],
      ['a server tool’s result', { type: 'web_search_tool_result', content: [{}] }, {}],
      [
        'a call',
        { type: 'tool_use', id: 'toolu_1', name: 'add', input: {} },
        { toolCalls: [{ index: 2, id: 'toolu_1', name: 'add', arguments: '' }] },
      ],
      [
        'a call whose input is there at once',
        { type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1 } },
        { toolCalls: [{ index: 2, id: 'toolu_1', name: 'add', arguments: '{"a":1}' }] },
      ],
      [
        'a call with fields of its own',
        { type: 'tool_use', id: 't', name: 'zoom', input: {}, caller: { type: 'direct' }, x: 1 },
        {
          toolCalls: [
            {
              index: 2,
              id: 't',
              name: 'zoom',
              arguments: '',
              extra: { caller: { type: 'direct' }, x: 1 },
            },
          ],
        },
      ],
    ])('should read the start of %s', (_name, block, said) => {
      expect(start(block)).toEqual(said);
    });

    it('should take the stop of a block for the end of its call', () => {
      expect(decode({ type: 'content_block_stop', index: 2 })).toEqual({ endedToolCalls: [2] });
    });
  });

  describe('reads the end: it', () => {
    it('should give the stop reason and the counts', () => {
      expect(messageDelta({ stop_reason: 'end_turn', stop_sequence: null }, { usage })).toEqual({
        refusal: null,
        finishReasons: ['end_turn'],
        usage,
        commonUsage: counts,
      });
    });

    it('should give why the answer was refused', () => {
      const stop_details = { type: 'refusal', category: 'cyber', explanation: 'It was blocked.' };
      expect(messageDelta({ stop_reason: 'refusal', stop_details })).toEqual({
        refusal: 'It was blocked.',
        finishReasons: ['refusal'],
      });
      expect(
        messageDelta({
          stop_reason: 'refusal',
          stop_details: { ...stop_details, explanation: null },
        }),
      ).toEqual({ refusal: null, finishReasons: ['refusal'] });
    });

    it.each([null, undefined, ''])('should not take %j for a stop reason', (stop_reason) => {
      expect(messageDelta({ stop_reason })).toEqual({ refusal: null, finishReasons: null });
    });

    it('should take message_stop, and no stop reason, for evidence of the end', () => {
      expect(decode({ type: 'message_stop' })).toEqual({ end: 'now' });
      expect(messageDelta({ stop_reason: 'end_turn' })).not.toHaveProperty('end');
    });
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'other'],
    ['compaction', 'other'],
    ['constructor', 'other'],
    ['', 'other'],
  ])('should tell %j as %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });
});
