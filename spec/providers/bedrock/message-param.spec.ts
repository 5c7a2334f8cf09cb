import { describe, expect, it } from '@jest/globals';
import type { ContentBlock, ConverseResponse, StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { ToolCall } from 'rx-llm';
import { messageParam } from '../../../providers/bedrock/message-param.ts';

const response = (content: ContentBlock[], stopReason?: StopReason): ConverseResponse => ({
  output: { message: { role: 'assistant', content } },
  stopReason,
  usage: undefined,
  metrics: undefined,
});
const textOf = (content: readonly ContentBlock[]): string =>
  content
    .map(({ text, citationsContent }) => text ?? citationsContent?.content?.[0]?.text ?? '')
    .join('');

/** What is kept of a finished answer. */
const kept = (
  content: ContentBlock[],
  text = textOf(content),
  openCalls: readonly ToolCall[] = [],
): ContentBlock[] | undefined =>
  messageParam(response(content, 'end_turn'), { content: text, openCalls }).content;

/** What is kept of an answer that was cut. */
const keptOfCut = (content: ContentBlock[]): ContentBlock[] | undefined =>
  messageParam(response(content), { content: textOf(content), openCalls: [] }).content;

const signed: ContentBlock = {
  reasoningContent: { reasoningText: { text: 'Hm', signature: 'sig' } },
};
const unsigned: ContentBlock = { reasoningContent: { reasoningText: { text: 'Hm' } } };
const redacted: ContentBlock = { reasoningContent: { redactedContent: new Uint8Array([1]) } };
const call = (toolUseId: string, input: object = {}): ContentBlock => ({
  toolUse: { toolUseId, name: 'add', input } as NonNullable<ContentBlock['toolUse']>,
});
const cited: ContentBlock = {
  citationsContent: { content: [{ text: 'Ruby' }], citations: [{ title: 'facts' }] },
};

describe('messageParam', () => {
  it('should give all blocks in order', () => {
    const content = [signed, redacted, { text: 'A' }, call('t1', { a: 1 }), cited, { text: 'B' }];
    expect(
      messageParam(response(content, 'end_turn'), { content: 'ARubyB', openCalls: [] }),
    ).toEqual({ role: 'assistant', content });
  });

  it('should leave out blank texts', () => {
    expect(kept([{ text: '' }, { text: 'A' }, { citationsContent: { content: [] } }])).toEqual([
      { text: 'A' },
    ]);
    expect(kept([{ text: '\n\n' }, call('t1')])).toEqual([call('t1')]);
    expect(keptOfCut([{ text: '\n\n' }])).toEqual([]);
  });

  it('should leave out calls that did not arrive whole', () => {
    const open = { index: 2, id: 't2', name: 'add', arguments: '{"a"' };
    expect(kept([call('t1'), call('t2')], '', [open])).toEqual([call('t1')]);
  });

  it('should wrap an input that is no object', () => {
    const broken = { toolUse: { toolUseId: 't1', name: 'add', input: '{"a":' } };
    expect(kept([broken])).toEqual([call('t1', { INVALID_JSON: '{"a":' })]);
  });

  describe('cuts the text where it was cut: it', () => {
    it.each<[string, ContentBlock[]]>([
      ['Hello', [{ text: 'Hello' }]],
      ['Hel', [{ text: 'Hel' }]],
      ['Hello wor', [{ text: 'Hello' }, { text: ' wor' }]],
      ['', []],
    ])('should keep %j', (text, blocks) => {
      expect(kept([signed, { text: 'Hello' }, { text: ' world' }, call('t1')], text)).toEqual([
        signed,
        ...blocks,
        call('t1'),
      ]);
    });

    it('should drop the citations of a text that was cut', () => {
      expect(kept([cited], 'Rub')).toEqual([{ text: 'Rub' }]);
    });
  });

  it('should put a text that was changed where the first one stood', () => {
    expect(kept([signed, { text: 'Hello' }, call('t1'), { text: '!' }], 'Bonjour')).toEqual([
      signed,
      { text: 'Bonjour' },
      call('t1'),
    ]);
    expect(kept([signed, call('t1')], 'Bonjour')).toEqual([
      signed,
      { text: 'Bonjour' },
      call('t1'),
    ]);
    expect(kept([], 'Bonjour')).toEqual([{ text: 'Bonjour' }]);
  });

  describe('puts the answer that came as a call in its place: it', () => {
    const answer = { index: 1, id: 't2', name: 'book', arguments: '{"title":"Dune"}' };

    it('should say it as text, behind the reasoning with its signature', () => {
      const content = [signed, redacted, call('t2', { title: 'Dune' })];
      expect(kept(content, '{"title":"Dune"}', [answer])).toEqual([
        signed,
        redacted,
        { text: '{"title":"Dune"}' },
      ]);
    });

    it('should say it behind what was said before, and before the other calls', () => {
      const content = [signed, { text: 'Here: ' }, call('t1'), call('t2', { title: 'Dune' })];
      expect(kept(content, 'Here: {"title":"Dune"}', [answer])).toEqual([
        signed,
        { text: 'Here: {"title":"Dune"}' },
        call('t1'),
      ]);
    });
  });

  describe('joins the pieces of an answer that went on: it', () => {
    const ran: ContentBlock = {
      toolUse: { toolUseId: 's1', name: 'search', input: {}, type: 'server_tool_use' },
    };

    it('should say the whole text, without the reasoning about its last piece', () => {
      const content = [signed, redacted, unsigned, { text: 'wor' }, ran, { text: 'ld!' }];
      expect(kept(content, 'Hello, world!')).toEqual([{ text: 'Hello, world!' }, ran]);
    });

    it('should say the text of before where the last piece brought none', () => {
      expect(kept([signed], 'Hello,')).toEqual([{ text: 'Hello,' }]);
    });

    it.each(['Hello', 'Hello, you.', 'Hell', 'HELLO THERE'])(
      'should keep the reasoning about a text that is all of the answer: %j',
      (text) => {
        expect(kept([signed, { text: 'Hello' }], text)).toEqual([signed, { text }]);
      },
    );

    it('should keep the reasoning of a turn that calls tools', () => {
      expect(kept([signed, { text: 'world.' }, call('t1')], 'Hello, world.')).toEqual([
        signed,
        { text: 'Hello, world.' },
        call('t1'),
      ]);
    });
  });

  it('should leave out reasoning that was cut off before its signature', () => {
    expect(keptOfCut([unsigned])).toEqual([]);
    expect(keptOfCut([signed, redacted, { text: 'A' }])).toEqual([signed, redacted, { text: 'A' }]);
    expect(kept([unsigned, { text: 'A' }])).toEqual([unsigned, { text: 'A' }]);
  });

  it('should leave out a tool of the service whose result was cut off', () => {
    const ran: ContentBlock = {
      toolUse: { toolUseId: 's1', name: 'search', input: {}, type: 'server_tool_use' },
    };
    const result: ContentBlock = { toolResult: { toolUseId: 's1', content: [{ text: 'found' }] } };
    expect(keptOfCut([ran, result])).toEqual([ran, result]);
    expect(keptOfCut([ran])).toEqual([]);
    expect(kept([ran])).toEqual([ran]);
  });

  it('should have no content where nothing is left', () => {
    const empty = { ...response([]), output: undefined };
    expect(messageParam(empty, { content: '', openCalls: [] })).toEqual({
      role: 'assistant',
      content: [],
    });
  });
});
