import { describe, expect, it } from '@jest/globals';
import type { ToolCall } from 'rx-llm';
import { messageParam } from '../../../providers/anthropic/message-param.ts';
import type { AnthropicWire } from '../../../providers/anthropic/wire.ts';

type Response = AnthropicWire['response'];

const responseOf = (content: readonly object[], stop_reason: string | null = 'end_turn') =>
  ({ role: 'assistant', content, stop_reason }) as unknown as Response;

const textOf = ({ content }: Response): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('');

const paramOf = (
  response: Response,
  content = textOf(response),
  openCalls: readonly ToolCall[] = [],
) => messageParam(response, { content, openCalls });

const text = (content: string, fields: object = {}) => ({ type: 'text', text: content, ...fields });
const thinking = { type: 'thinking', thinking: 'Hm', signature: 'c2ln' };
const redacted = { type: 'redacted_thinking', data: 'eA' };
const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'x' } };
const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [] };
const call = (id: string, input: unknown = {}) => ({ type: 'tool_use', id, name: 'add', input });
const openCall = (id: string): ToolCall => ({ index: 0, id, name: 'add', arguments: '{' });

describe('messageParam', () => {
  it('should send back every block as it came, in its order', () => {
    const blocks = [
      thinking,
      redacted,
      text('Let me look.', { citations: null }),
      search,
      found,
      text('So', { citations: [{ cited_text: 'x' }] }),
      text(' it is.'),
      { type: 'compaction', content: 'So far.' },
      { ...call('a', { a: 1 }), caller: { type: 'direct' } },
    ];
    expect(paramOf(responseOf(blocks))).toEqual({ role: 'assistant', content: blocks });
  });

  describe('leaves out what the API refuses: it', () => {
    it.each<[string, Response, readonly object[]]>([
      ['an empty text', responseOf([text(''), text('Hi')]), [text('Hi')]],
      ['a blank text', responseOf([text('\n\n'), call('a')]), [call('a')]],
      ['an answer of nothing but a blank text', responseOf([text('\n\n')], null), []],
      [
        'thinking that did not come to its signature',
        responseOf([{ type: 'thinking', thinking: 'Hm', signature: '' }, text('Hi')]),
        [text('Hi')],
      ],
      [
        'a server tool without its result, in a message that was cut',
        responseOf([text('Hi'), search, found, { ...search, id: 'other' }], null),
        [text('Hi'), search, found],
      ],
      ['everything, where nothing is left', responseOf([], 'refusal'), []],
    ])('should leave out %s', (_name, response, content) => {
      expect(paramOf(response)).toEqual({ role: 'assistant', content });
    });

    it('should leave out calls that were cut off', () => {
      const response = responseOf([call('a'), call('b', '{"a":')], null);
      expect(paramOf(response, '', [openCall('b')]).content).toEqual([call('a')]);
    });

    it.each(['pause_turn', 'tool_use'])(
      'should keep a server tool that the server will go on with after %s',
      (reason) => {
        expect(paramOf(responseOf([search], reason)).content).toEqual([search]);
      },
    );

    it('should wrap the input of a call that is whole and not JSON', () => {
      expect(paramOf(responseOf([call('a', '{"a":')], 'max_tokens')).content).toEqual([
        call('a', { INVALID_JSON: '{"a":' }),
      ]);
    });
  });

  describe('keeps the text as the operators left it: it', () => {
    const cited = [{ cited_text: 'x' }];
    const response = responseOf([
      thinking,
      text('Hello, '),
      search,
      found,
      text('world', { citations: cited }),
      text('!'),
      call('a'),
    ]);

    it.each<[string, string, readonly object[]]>([
      ['cut in the first block', 'Hel', [thinking, text('Hel'), search, found, call('a')]],
      [
        'cut in a later block',
        'Hello, wor',
        [thinking, text('Hello, '), search, found, text('wor', { citations: cited }), call('a')],
      ],
      ['cut between blocks', 'Hello, ', [thinking, text('Hello, '), search, found, call('a')]],
      ['cut to nothing', '', [thinking, search, found, call('a')]],
      [
        'changed',
        'HELLO',
        [thinking, text('HELLO', { citations: null }), search, found, call('a')],
      ],
      [
        'longer',
        'Hello, world! And more.',
        [thinking, text('Hello, world! And more.', { citations: null }), search, found, call('a')],
      ],
    ])('should send it %s', (_name, content, expected) => {
      expect(paramOf(response, content).content).toEqual(expected);
    });

    it('should put a text that was added before the calls', () => {
      const added = paramOf(responseOf([thinking, call('a')]), 'So:').content;
      expect(added).toEqual([thinking, text('So:', { citations: null }), call('a')]);
    });
  });

  describe('puts the answer that came as a call in its place: it', () => {
    const answer = { index: 1, id: 'b', name: 'book', arguments: '{"title":"Dune"}' };
    const answered = (...before: readonly object[]) =>
      responseOf([...before, call('b', { title: 'Dune' })], 'tool_use');

    it('should say it as text, behind the thinking with its signature', () => {
      const response = answered(thinking, redacted);
      expect(paramOf(response, '{"title":"Dune"}', [answer]).content).toEqual([
        thinking,
        redacted,
        text('{"title":"Dune"}', { citations: null }),
      ]);
    });

    it('should say it behind what was said before the call', () => {
      const response = answered(thinking, text('Here: '));
      expect(paramOf(response, 'Here: {"title":"Dune"}', [answer]).content).toEqual([
        thinking,
        text('Here: {"title":"Dune"}', { citations: null }),
      ]);
    });

    it('should say it before the other calls of the turn', () => {
      const response = answered(thinking, call('a'));
      expect(paramOf(response, '{"title":"Dune"}', [answer]).content).toEqual([
        thinking,
        text('{"title":"Dune"}', { citations: null }),
        call('a'),
      ]);
    });
  });

  describe('joins the pieces of an answer that went on: it', () => {
    it('should say the whole text, without the thinking about its last piece', () => {
      const piece = responseOf([thinking, redacted, text('wor'), search, found, text('ld!')]);
      expect(paramOf(piece, 'Hello, world!').content).toEqual([
        text('Hello, world!', { citations: null }),
        search,
        found,
      ]);
    });

    it('should say the text of before where the last piece brought none', () => {
      expect(paramOf(responseOf([thinking]), 'Hello,').content).toEqual([
        text('Hello,', { citations: null }),
      ]);
    });

    it.each(['Hello', 'Hello, you.', 'Hell', 'HELLO THERE'])(
      'should keep the thinking about a text that is all of the answer: %j',
      (content) => {
        expect(paramOf(responseOf([thinking, text('Hello')]), content).content).toHaveLength(2);
      },
    );

    it('should keep the thinking of a turn that calls tools', () => {
      const piece = responseOf([thinking, text('world.'), call('a')], 'tool_use');
      expect(paramOf(piece, 'Hello, world.').content).toEqual([
        thinking,
        text('Hello, world.', { citations: null }),
        call('a'),
      ]);
    });
  });

  it('should change nothing in the response', () => {
    const response = responseOf([text('Hello'), call('a', '{')]);
    const before = structuredClone(response);
    paramOf(response, 'Hel', [openCall('b')]);
    expect(response).toEqual(before);
  });
});
