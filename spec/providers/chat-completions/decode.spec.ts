import { describe, expect, it } from '@jest/globals';
import {
  commonFinishReason,
  decodeChunk,
  decodeToolCall,
} from '../../../providers/chat-completions/decode.ts';
import type { ChatCompletionChunk } from '../../../providers/chat-completions/wire.ts';

/** Events as servers send them: wider than the SDK's types, so they are not held against them. */
const decode = (event: unknown, n?: number) =>
  decodeChunk(event as ChatCompletionChunk, n === undefined ? {} : { n });

const decodeChoice = (choice: object, n?: number) =>
  decode({ choices: [{ index: 0, finish_reason: null, ...choice }] }, n);

const decodeDelta = (delta: object) => decodeChoice({ delta });

const nothing = {
  id: null,
  model: null,
  content: '',
  thinking: '',
  refusal: null,
  audio: null,
  audioTranscript: null,
  usage: null,
  commonUsage: null,
  finishReasons: null,
};

const usage = {
  prompt_tokens: 9,
  completion_tokens: 5,
  total_tokens: 14,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 2 },
};

const counts = {
  inputTokens: 9,
  outputTokens: 5,
  totalTokens: 14,
  cachedTokens: 4,
  cacheWriteTokens: null,
  reasoningTokens: 2,
};

describe('decodeChunk', () => {
  describe('is total: it', () => {
    it.each([
      ['null', null],
      ['undefined', undefined],
      ['a text', 'hello'],
      ['a number', 7],
      ['a boolean', true],
      ['a list', []],
      ['an empty object', {}],
      ['an unknown object', { type: 'ping', data: { content: 'no' } }],
      ['choices that are null', { choices: null }],
      ['no choices', { choices: [] }],
      ['a choice that is empty', { choices: [{}] }],
      ['a choice without a delta', { choices: [{ index: 0, finish_reason: null }] }],
      ['a delta that is null', { choices: [{ index: 0, delta: null }] }],
      ['a delta that is empty', { choices: [{ index: 0, delta: {} }] }],
      ['a delta that is a text', { choices: [{ index: 0, delta: 'hello' }] }],
      ['a role only', { choices: [{ index: 0, delta: { role: 'assistant' } }] }],
      ['an error', { error: { message: 'no' } }],
      [
        'fields that are null',
        {
          id: null,
          model: null,
          usage: null,
          choices: [
            {
              index: 0,
              finish_reason: null,
              usage: null,
              delta: {
                content: null,
                refusal: null,
                reasoning: null,
                reasoning_content: null,
                tool_calls: null,
                audio: null,
              },
            },
          ],
        },
      ],
    ])('should find nothing in %s', (_name, event) => {
      expect(decode(event)).toEqual(nothing);
    });

    it.each([
      ['choices that are no list', { choices: { index: 0 } }],
      ['a choice that is null', { choices: [null] }],
      ['tool calls that are no list', { choices: [{ index: 0, delta: { tool_calls: {} } }] }],
      ['a tool call that is null', { choices: [{ index: 0, delta: { tool_calls: [null] } }] }],
      ['audio that is not base64', { choices: [{ index: 0, delta: { audio: { data: '%' } } }] }],
    ])('should not throw on %s', (_name, event) => {
      expect(() => decode(event)).not.toThrow();
    });

    it('should change nothing in the event', () => {
      const event = {
        choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'a' }] }, usage }],
      };
      const before = structuredClone(event);
      expect(decode(event)).toEqual(decode(event));
      expect(event).toEqual(before);
    });
  });

  describe('reads the head: it', () => {
    it('should give id and model', () => {
      expect(decode({ id: 'chatcmpl-7', model: 'gpt-x', choices: [] })).toEqual({
        ...nothing,
        id: 'chatcmpl-7',
        model: 'gpt-x',
      });
    });

    it('should take the empty id and model of Azure’s first chunk as unknown', () => {
      const first = {
        id: '',
        model: '',
        object: '',
        created: 0,
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
      };
      expect(decode(first)).toEqual(nothing);
    });
  });

  describe('reads the delta: it', () => {
    it.each([
      ['content', { content: 'Hi' }, { content: 'Hi' }],
      ['blank content', { content: ' \n' }, { content: ' \n' }],
      ['a refusal', { refusal: 'I will not' }, { refusal: 'I will not' }],
      ['reasoning_content', { reasoning_content: 'Hmm' }, { thinking: 'Hmm' }],
      ['reasoning', { reasoning: 'Hmm' }, { thinking: 'Hmm' }],
      [
        'both names of reasoning once',
        { reasoning_content: 'Hmm', reasoning: 'Hmm' },
        { thinking: 'Hmm' },
      ],
      [
        'reasoning beside a null of the other name',
        { reasoning_content: null, reasoning: 'Hmm' },
        { thinking: 'Hmm' },
      ],
      [
        'content beside reasoning',
        { content: 'So', reasoning: 'Hmm' },
        { content: 'So', thinking: 'Hmm' },
      ],
      ['a transcript', { audio: { transcript: 'Hi' } }, { audioTranscript: 'Hi' }],
      ['audio without data', { audio: { id: 'audio_1', expires_at: 9 } }, {}],
      ['empty audio data', { audio: { data: '' } }, {}],
    ])('should read %s', (_name, delta, said) => {
      expect(decodeDelta(delta)).toEqual({ ...nothing, ...said });
    });

    it('should read reasoning beside an empty text of the other name', () => {
      expect(decodeDelta({ reasoning_content: '', reasoning: 'Hmm' })).toMatchObject({
        thinking: 'Hmm',
      });
    });

    it('should give content as text where a server sends it as parts (Mistral)', () => {
      const { content } = decodeDelta({ content: [{ type: 'text', text: 'Hi' }] });
      expect(typeof content).toBe('string');
    });

    it('should give the bytes of audio, of whatever value', () => {
      const { audio } = decodeDelta({ audio: { data: 'AAH+/w==', transcript: '' } });
      expect(audio).toEqual(Uint8Array.of(0, 1, 254, 255));
    });

    it('should take a choice without an index for the first', () => {
      const event = { choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] };
      expect(decode(event)).toEqual({
        ...nothing,
        content: 'Hi',
        finishReasons: ['stop'],
        endedToolCalls: 'all',
        end: 'soon',
      });
    });

    it('should take a choice whose index is null for the first', () => {
      const event = { choices: [{ index: null, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
      expect(decode(event)).toMatchObject({ content: 'Hi', finishReasons: ['stop'], end: 'soon' });
    });
  });

  describe('reads tool calls: it', () => {
    it('should give each piece with its index', () => {
      const calls = [
        { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } },
        { index: 1, function: { arguments: '{"x"' } },
      ];
      expect(decodeDelta({ tool_calls: calls }).toolCalls).toEqual([
        { index: 0, id: 'a', name: 'f', arguments: '' },
        { index: 1, id: null, name: null, arguments: '{"x"' },
      ]);
    });

    it('should give none of an empty list', () => {
      expect(decodeDelta({ tool_calls: [] }).toolCalls).toEqual([]);
    });

    it.each([
      ['nothing', {}],
      ['nulls', { index: null, id: null, function: null }],
      ['a function of nulls', { function: { name: null, arguments: null } }],
      ['a function without fields', { type: 'function', function: {} }],
    ])('should read a call of %s', (_name, call) => {
      expect(decodeToolCall(call)).toEqual({ index: null, id: null, name: null, arguments: '' });
    });

    it('should keep the fields it does not know', () => {
      const extra = { extra_content: { google: { thought_signature: 'c2ln' } }, note: 1 };
      const call = { index: 0, id: 'a', type: 'function', function: { name: 'f' }, ...extra };
      expect(decodeToolCall(call)).toEqual({
        index: 0,
        id: 'a',
        name: 'f',
        arguments: '',
        extra,
      });
    });

    it('should give arguments as JSON text where a server sends them parsed', () => {
      const called: object = { name: 'f', arguments: { city: 'Oslo' } };
      expect(decodeToolCall({ index: 0, id: 'a', function: called }).arguments).toBe(
        '{"city":"Oslo"}',
      );
    });
  });

  describe('reads usage: it', () => {
    it.each([
      ['a chunk without choices', { choices: [], usage }],
      ['a chunk with choices', { choices: [{ index: 0, delta: { content: '' } }], usage }],
      ['a chunk whose choices are missing', { usage }],
      ['the choice, as Moonshot has it', { choices: [{ index: 0, delta: {}, usage }] }],
      ['the choice, beside a null', { usage: null, choices: [{ index: 0, delta: {}, usage }] }],
    ])('should find it in %s', (_name, event) => {
      expect(decode(event)).toEqual({ ...nothing, usage, commonUsage: counts });
    });

    it('should prefer the chunk’s own to the choice’s', () => {
      const choices = [{ index: 0, delta: {}, usage: { ...usage, prompt_tokens: 1 } }];
      expect(decode({ choices, usage }).usage).toBe(usage);
    });

    it('should find it in whichever choice carries it', () => {
      expect(decode({ choices: [{ index: 1, delta: {}, usage }] }, 2).usage).toBe(usage);
    });

    it('should say null, not 0, for what is not told', () => {
      const { commonUsage } = decode({ usage: { prompt_tokens: 3, prompt_tokens_details: null } });
      expect(commonUsage).toEqual({
        inputTokens: 3,
        outputTokens: null,
        totalTokens: null,
        cachedTokens: null,
        cacheWriteTokens: null,
        reasoningTokens: null,
      });
    });

    it('should add reasoning to the output where the total shows that it was counted apart', () => {
      const told = { ...usage, completion_tokens: 5, total_tokens: 16 };
      expect(decode({ usage: told }).commonUsage).toEqual({
        ...counts,
        outputTokens: 7,
        totalTokens: 16,
      });
      expect(decode({ usage: { ...told, total_tokens: 14 } }).commonUsage).toEqual(counts);
    });

    it('should count no reasoning where it is null', () => {
      const told = { ...usage, completion_tokens_details: { reasoning_tokens: null } };
      expect(decode({ usage: told }).commonUsage).toEqual({ ...counts, reasoningTokens: null });
    });

    it('should keep a count of 0 and a total of the server’s own', () => {
      const told = { prompt_tokens: 3, completion_tokens: 0, total_tokens: 8 };
      expect(decode({ usage: told }).commonUsage).toMatchObject({
        outputTokens: 0,
        totalTokens: 8,
      });
    });
  });

  describe('reads the end: it', () => {
    it.each(['stop', 'length', 'tool_calls', 'content_filter', 'function_call', 'eos_token'])(
      'should take %s for evidence of it',
      (reason) => {
        expect(decodeChoice({ delta: {}, finish_reason: reason })).toEqual({
          ...nothing,
          finishReasons: [reason],
          endedToolCalls: 'all',
          end: 'soon',
        });
      },
    );

    it.each([null, undefined, ''])('should not take %j for a finish reason', (reason) => {
      expect(decodeChoice({ delta: {}, finish_reason: reason })).toEqual(nothing);
    });

    it('should end tool calls in the event that brings them', () => {
      const delta = { tool_calls: [{ index: 0, id: 'a', function: { name: 'f' } }] };
      const { toolCalls, endedToolCalls } = decodeChoice({ delta, finish_reason: 'tool_calls' });
      expect(toolCalls).toHaveLength(1);
      expect(endedToolCalls).toBe('all');
    });

    it('should wait for the terminator when several choices were asked for', () => {
      const delta = decodeChoice({ delta: {}, finish_reason: 'stop' }, 2);
      expect(delta).toEqual({ ...nothing, finishReasons: ['stop'], endedToolCalls: 'all' });
    });

    it('should take n of 1 for a single choice', () => {
      expect(decodeChoice({ delta: {}, finish_reason: 'stop' }, 1)).toMatchObject({ end: 'soon' });
    });
  });

  describe('reads several choices: it', () => {
    it('should give content of the first only, wherever it stands', () => {
      const choices = [
        { index: 1, delta: { content: 'one', refusal: 'no', tool_calls: [{ index: 0 }] } },
        { index: 0, delta: { content: 'zero' } },
      ];
      expect(decode({ choices }, 2)).toEqual({ ...nothing, content: 'zero' });
    });

    it('should give finish reasons by position, with null for those that go on', () => {
      const choices = [
        { index: 3, delta: {}, finish_reason: 'length' },
        { index: 1, delta: {}, finish_reason: 'stop' },
        { index: 0, delta: {}, finish_reason: null },
      ];
      expect(decode({ choices }, 4)).toEqual({
        ...nothing,
        finishReasons: [null, 'stop', null, 'length'],
      });
    });

    it('should not end the first choice’s tool calls when another choice ends', () => {
      const choices = [{ index: 1, delta: {}, finish_reason: 'tool_calls' }];
      expect(decode({ choices }, 2)).not.toHaveProperty('endedToolCalls');
    });
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool_calls'],
    ['function_call', 'tool_calls'],
    ['content_filter', 'content_filter'],
    ['error', 'error'],
    ['eos_token', 'other'],
    ['STOP', 'other'],
    ['', 'other'],
  ])('should tell %j as %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });

  it('should tell a name that every object has as other', () => {
    expect(commonFinishReason('constructor')).toBe('other');
  });
});
