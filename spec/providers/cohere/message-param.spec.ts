import { describe, expect, it } from '@jest/globals';
import { messageParam } from '../../../providers/cohere/message-param.ts';
import type { CohereWire } from '../../../providers/cohere/wire.ts';

type Message = CohereWire['response']['message'];

const turnOf = (
  message: Omit<Message, 'role'>,
  content: string,
  open: readonly string[] = [],
): CohereWire['message'] =>
  messageParam(
    { id: 'chat_1', finishReason: 'COMPLETE', message: { role: 'assistant', ...message } },
    {
      content,
      openCalls: open.map((id, index) => ({ index, id, name: 'f', arguments: '' })),
    },
  );

const text = (words: string) => ({ type: 'text', text: words }) as const;
const thinking = { type: 'thinking', thinking: 'Hm.' } as const;
const call = (id: string, json: string) =>
  ({ id, type: 'function', function: { name: 'f', arguments: json } }) as const;
const citations = [{ start: 0, end: 2, text: 'Hi' }];

describe('messageParam', () => {
  it('should give the parts of the content in their order, with their citations', () => {
    expect(
      turnOf({ content: [thinking, text('Hi '), text('there')], citations }, 'Hi there'),
    ).toEqual({
      role: 'assistant',
      content: [thinking, text('Hi '), text('there')],
      citations,
    });
  });

  it('should leave out empty parts', () => {
    const empty = { type: 'thinking', thinking: '' } as const;
    expect(turnOf({ content: [empty, text('Hi'), text('')] }, 'Hi')).toEqual({
      role: 'assistant',
      content: [text('Hi')],
    });
  });

  it('should cut the text where an operator has cut it, and drop its citations', () => {
    expect(turnOf({ content: [thinking, text('Hi '), text('there')], citations }, 'Hi th')).toEqual(
      {
        role: 'assistant',
        content: [thinking, text('Hi '), text('th')],
      },
    );
    expect(turnOf({ content: [text('Hi '), text('there')] }, 'Hi')).toEqual({
      role: 'assistant',
      content: [text('Hi')],
    });
  });

  it('should give another text where an operator has made one', () => {
    expect(turnOf({ content: [thinking, text('Hi there')], citations }, 'HI')).toEqual({
      role: 'assistant',
      content: [thinking, text('HI')],
    });
  });

  it('should give plan and calls, with arguments that are JSON', () => {
    expect(
      turnOf(
        { toolPlan: 'I will look.', toolCalls: [call('c_1', ''), call('c_2', '{"a":1}')] },
        '',
      ),
    ).toEqual({
      role: 'assistant',
      toolPlan: 'I will look.',
      toolCalls: [call('c_1', '{}'), call('c_2', '{"a":1}')],
    });
  });

  it('should give thinking beside calls, and a text there as the plan', () => {
    const toolCalls = [call('c_1', '{}')];
    expect(turnOf({ content: [thinking, text('Let me see.')], toolCalls }, 'Let me see.')).toEqual({
      role: 'assistant',
      toolPlan: 'Let me see.',
      content: [thinking],
      toolCalls,
    });
    expect(turnOf({ toolPlan: 'Plan.', content: [text('Let me')], toolCalls }, 'Let')).toEqual({
      role: 'assistant',
      toolPlan: 'Plan.\nLet',
      toolCalls,
    });
  });

  it('should leave out calls that were cut off, and the plan with the last of them', () => {
    const toolCalls = [call('c_1', '{}'), call('c_2', '{"a"')];
    expect(turnOf({ toolPlan: 'Plan.', toolCalls }, '', ['c_2'])).toEqual({
      role: 'assistant',
      toolPlan: 'Plan.',
      toolCalls: [call('c_1', '{}')],
    });
    expect(turnOf({ toolPlan: 'Plan.', toolCalls }, '', ['c_1', 'c_2'])).toEqual({
      role: 'assistant',
      content: '',
    });
  });

  it('should give the answer that came as the arguments of a tool in place of its call', () => {
    const answer = call('answer', '{"a":1}');
    expect(
      turnOf({ toolPlan: 'Plan.', content: [thinking], toolCalls: [answer] }, '{"a":1}', [
        'answer',
      ]),
    ).toEqual({ role: 'assistant', content: [thinking, text('{"a":1}')] });
    // Beside other calls text is the plan.
    expect(
      turnOf({ toolPlan: 'Plan.', toolCalls: [answer, call('c_1', '{}')] }, '{"a":1}', ['answer']),
    ).toEqual({
      role: 'assistant',
      toolPlan: 'Plan.\n{"a":1}',
      toolCalls: [call('c_1', '{}')],
    });
  });

  it('should give the whole text of an answer that this one continued, without citations', () => {
    expect(turnOf({ content: [thinking, text(' there')], citations }, 'Hi there')).toEqual({
      role: 'assistant',
      content: [thinking, text('Hi there')],
    });
  });

  it('should have no content where nothing arrived', () => {
    expect(turnOf({}, '')).toEqual({ role: 'assistant', content: '' });
  });
});
