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
      expect(paramOf(responseOf([thinking]), 'So:').content).toEqual([
        thinking,
        text('So:', { citations: null }),
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
