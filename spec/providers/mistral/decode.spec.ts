import { describe, expect, it } from '@jest/globals';
import { commonFinishReason, decodeChunk } from '../../../providers/mistral/decode.ts';
import type { MistralWire } from '../../../providers/mistral/wire.ts';

const decode = (event: unknown, request: { n?: number | null } = {}) =>
  decodeChunk(event as MistralWire['event'], request);

const ofDelta = (delta: object) => decode({ choices: [{ index: 0, delta }] });

/** Events no server should send. */
const broken = [
  { choices: 'none' },
  { choices: [null, 'x'] },
  { choices: [{ delta: 'x' }] },
  { choices: [{ delta: { content: 7, toolCalls: 'x' } }] },
  { choices: [{ delta: { content: [null, { type: 'thinking', thinking: [null] }] } }] },
  { choices: [{ delta: { toolCalls: [null, 'x'] } }] },
];

describe('decodeChunk', () => {
  it('should tell id, model and text', () => {
    expect(
      decode({ id: '1', model: 'm', choices: [{ index: 0, delta: { content: 'Hi' } }] }),
    ).toEqual({
      id: '1',
      model: 'm',
      content: 'Hi',
      thinking: '',
      usage: null,
      commonUsage: null,
      finishReasons: null,
    });
  });

  it.each<[string, unknown, string, string]>([
    ['a text', 'Hi', 'Hi', ''],
    ['nothing', null, '', ''],
    [
      'a list',
      [
        { type: 'text', text: 'H' },
        { type: 'text', text: 'i' },
      ],
      'Hi',
      '',
    ],
    [
      'reasoning',
      [
        {
          type: 'thinking',
          thinking: [
            { type: 'text', text: 'H' },
            { type: 'text', text: 'm' },
          ],
        },
      ],
      '',
      'Hm',
    ],
    [
      'the end of reasoning and the begin of the text',
      [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
        { type: 'text', text: 'Hi' },
      ],
      'Hi',
      'Hm',
    ],
    [
      'references and unknown parts',
      [
        { type: 'reference', referenceIds: [1] },
        { type: 'UNKNOWN', raw: { text: 'x' }, isUnknown: true },
        { type: 'thinking', thinking: [{ type: 'reference', referenceIds: [1] }] },
        { type: 'thinking' },
        { type: 'text' },
      ],
      '',
      '',
    ],
  ])('should find text and thinking in %s', (_kind, content, text, thinking) => {
    expect(ofDelta({ content })).toMatchObject({ content: text, thinking });
  });

  it('should tell tool calls, several in one event, and that they are whole at the finish', () => {
    const toolCalls = [
      { id: 'a', function: { name: 'f', arguments: '{}' }, index: 0 },
      { id: 'b', function: { name: 'g', arguments: '{}' }, index: 1 },
    ];
    const delta = decode({ choices: [{ index: 0, delta: { toolCalls } }] });
    expect(delta.toolCalls).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    expect(delta).not.toHaveProperty('endedToolCalls');
    expect(
      decode({ choices: [{ index: 0, delta: { toolCalls }, finishReason: 'tool_calls' }] }),
    ).toMatchObject({ toolCalls: [{}, {}], endedToolCalls: 'all', end: 'soon' });
  });

  it('should tell the counts, also where there is no choice', () => {
    const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 };
    expect(decode({ choices: [], usage })).toMatchObject({
      usage,
      commonUsage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    });
  });

  it('should read choice 0 and take the end of one of several for no evidence', () => {
    const event = {
      choices: [
        { index: 1, delta: { content: 'other' }, finishReason: 'stop' },
        { index: 0, delta: { content: 'mine' }, finishReason: 'length' },
      ],
    };
    expect(decode(event, { n: 2 })).toMatchObject({
      content: 'mine',
      finishReasons: ['length', 'stop'],
      endedToolCalls: 'all',
    });
    expect(decode(event, { n: 2 })).not.toHaveProperty('end');
    expect(decode({ choices: [event.choices[0]] }, { n: 2 })).toMatchObject({
      content: '',
      finishReasons: [null, 'stop'],
    });
    for (const n of [undefined, null, 1]) {
      expect(decode(event, n === undefined ? {} : { n })).toMatchObject({ end: 'soon' });
    }
  });

  it.each([
    null,
    undefined,
    7,
    'x',
    {},
    { choices: null },
    { choices: [{}] },
    { type: 'ping' },
    ...broken,
  ])('should make an empty delta of %j', (event) => {
    expect(decode(event)).toMatchObject({ content: '', thinking: '', usage: null });
  });
});

describe('commonFinishReason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['tool_calls', 'tool_calls'],
    ['error', 'error'],
    ['brand_new', 'other'],
  ])('should tell %s as %s', (reason, common) => {
    expect(commonFinishReason(reason)).toBe(common);
  });
});
