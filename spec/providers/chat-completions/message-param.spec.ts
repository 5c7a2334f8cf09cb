import { describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import type { KeptAnswer, ToolCall } from 'rx-llm';
import { messageParam } from '../../../providers/chat-completions/message-param.ts';
import { acmeDialect } from './acme-dialect.ts';

const functionCall = (id: string, text: string, extra: object = {}) => ({
  id,
  type: 'function' as const,
  function: { name: 'f', arguments: text },
  ...extra,
});

/** A completion whose only choice has this message. */
const completionOf = (message: object, index = 0): OpenAI.ChatCompletion => ({
  id: 'chatcmpl-7',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-x',
  choices: [
    {
      index,
      finish_reason: 'stop',
      logprobs: null,
      message: { role: 'assistant', content: null, refusal: null, ...message },
    },
  ],
});

const acme = acmeDialect();

const param = (
  message: object,
  kept: Partial<KeptAnswer> = {},
  keptReasoning: readonly string[] = acme.keptReasoning,
) =>
  messageParam({ keptReasoning }, completionOf(message), { content: '', openCalls: [], ...kept });

const openCall = (id: string | null, index = 0): ToolCall => ({
  index,
  id,
  name: 'f',
  arguments: '{"ci',
});

describe('messageParam', () => {
  it('should send the text that was kept, not the text that came', () => {
    expect(param({ content: 'Hello there' }, { content: 'Hello' })).toStrictEqual({
      role: 'assistant',
      content: 'Hello',
    });
  });

  it('should send an empty text when nothing was kept: null is refused', () => {
    expect(param({ content: 'Hello' })).toStrictEqual({ role: 'assistant', content: '' });
  });

  it('should stand for an answer that has no choice', () => {
    const completion = { ...completionOf({}), choices: [] };
    expect(messageParam(acme, completion, { content: '', openCalls: [] })).toStrictEqual({
      role: 'assistant',
      content: '',
    });
  });

  it('should send a refusal back without a text', () => {
    expect(param({ refusal: 'I will not' })).toStrictEqual({
      role: 'assistant',
      content: null,
      refusal: 'I will not',
    });
  });

  it('should send a refusal beside the text before it', () => {
    expect(param({ refusal: 'I will not' }, { content: 'Well,' })).toStrictEqual({
      role: 'assistant',
      content: 'Well,',
      refusal: 'I will not',
    });
  });

  it('should send audio back by its id, without its data', () => {
    const audio = { id: 'audio_1', data: 'YQ==', transcript: 'A', expires_at: 9 };
    expect(param({ audio })).toStrictEqual({
      role: 'assistant',
      content: null,
      audio: { id: 'audio_1' },
    });
  });

  it('should not send audio back that has no id yet', () => {
    expect(param({ audio: { data: '', transcript: 'Hel' } })).not.toHaveProperty('audio');
  });

  it('should not send back what the service has no field for', () => {
    const message = { content: 'Hi', reasoning_content: 'Hmm', reasoning: 'Hmm', annotations: [] };
    expect(param(message, { content: 'Hi' }, [])).toStrictEqual({
      role: 'assistant',
      content: 'Hi',
    });
  });

  describe('sends reasoning back: it', () => {
    const signed = { type: 'thinking', thinking: 'Hmm', signature: 'c2ln' };
    const unsigned = { type: 'thinking', thinking: 'Hm', signature: null };
    const redacted = { type: 'redacted_thinking', data: 'eHg=' };

    // DeepSeek: "must be passed back to the API", also with the answer that follows a tool's result.
    it('should send the fields the service takes back, with a call or without', () => {
      const message = { reasoning_content: 'Hmm', thinking_blocks: [signed], reasoning: 'Hmm' };
      const reasoning = { reasoning_content: 'Hmm', thinking_blocks: [signed] };
      const tool_calls = [functionCall('a', '{}')];
      expect(param({ ...message, tool_calls })).toStrictEqual({
        role: 'assistant',
        ...reasoning,
        content: null,
        tool_calls,
      });
      expect(param({ ...message, content: 'Hi' }, { content: 'Hi' })).toStrictEqual({
        role: 'assistant',
        ...reasoning,
        content: 'Hi',
      });
    });

    it('should send none where there is none, but an empty one that came', () => {
      expect(param({ reasoning_content: null, thinking_blocks: [] })).toStrictEqual({
        role: 'assistant',
        content: '',
      });
      expect(param({ reasoning_content: '' })).toStrictEqual({
        role: 'assistant',
        reasoning_content: '',
        content: '',
      });
    });

    it('should leave out a block that was cut before its signature', () => {
      expect(param({ thinking_blocks: [signed, redacted, unsigned] })).toMatchObject({
        thinking_blocks: [signed, redacted],
      });
      expect(param({ thinking_blocks: [unsigned] })).not.toHaveProperty('thinking_blocks');
    });

    it('should send details that have no signature, and entries it does not understand', () => {
      const reasoning_details = [{ type: 'reasoning.text', text: 'Hmm', index: 0 }, 7, null];
      expect(param({ reasoning_details }, {}, ['reasoning_details'])).toMatchObject({
        reasoning_details,
      });
    });

    it('should send the blocks of an answer whose text was cut', () => {
      const message = { content: 'Hello there', thinking_blocks: [signed] };
      expect(param(message, { content: 'Hello' })).toMatchObject({ thinking_blocks: [signed] });
    });

    // The signature may cover what stood before the block, and that was another conversation.
    it('should leave blocks out where the text began in an earlier response', () => {
      const message = { content: 'lo', reasoning_content: 'Hmm', thinking_blocks: [signed] };
      expect(param(message, { content: 'Hello' })).toStrictEqual({
        role: 'assistant',
        reasoning_content: 'Hmm',
        content: 'Hello',
      });
    });

    it('should send the blocks of a call that stands for the text', () => {
      const answer = { index: 0, id: 'a', name: 'f', arguments: '{"a":1}' };
      const message = { thinking_blocks: [signed], tool_calls: [functionCall('a', '{"a":1}')] };
      expect(param(message, { content: '{"a":1}', openCalls: [answer] })).toStrictEqual({
        role: 'assistant',
        thinking_blocks: [signed],
        content: '{"a":1}',
      });
    });
  });

  describe('sends tool calls back: it', () => {
    it('should send whole calls, with the fields of the server’s own', () => {
      const calls = [
        functionCall('a', '{"city":"Oslo"}', { extra_content: { signature: 'c2ln' } }),
        functionCall('b', '{}'),
      ];
      expect(param({ tool_calls: calls })).toStrictEqual({
        role: 'assistant',
        content: null,
        tool_calls: calls,
      });
    });

    it('should keep the text beside them', () => {
      const tool_calls = [functionCall('a', '{}')];
      expect(param({ tool_calls }, { content: 'Wait' })).toStrictEqual({
        role: 'assistant',
        content: 'Wait',
        tool_calls,
      });
    });

    it.each(['', ' ', '\n'])('should give {} for arguments of %j', (text) => {
      expect(param({ tool_calls: [functionCall('a', text)] })).toMatchObject({
        tool_calls: [functionCall('a', '{}')],
      });
    });

    it('should pass other arguments on as they came, valid or not', () => {
      const tool_calls = [functionCall('a', '{"x": 1 }'), functionCall('b', 'not JSON')];
      expect(param({ tool_calls })).toMatchObject({ tool_calls });
    });

    it('should pass a custom tool’s call on as it came', () => {
      const custom = { id: 'a', type: 'custom', custom: { name: 'sql', input: '' } };
      expect(param({ tool_calls: [custom] })).toMatchObject({ tool_calls: [custom] });
    });

    it('should leave out calls that did not arrive whole', () => {
      const tool_calls = [functionCall('a', '{}'), functionCall('b', '{"ci')];
      expect(param({ tool_calls }, { openCalls: [openCall('b', 1)] })).toStrictEqual({
        role: 'assistant',
        content: null,
        tool_calls: [functionCall('a', '{}')],
      });
    });

    it('should leave out an open call without an id, by its position', () => {
      const tool_calls = [functionCall('call_0', '{"ci')];
      expect(param({ tool_calls }, { openCalls: [openCall(null)] })).toStrictEqual({
        role: 'assistant',
        content: '',
      });
    });

    it('should not change the completion', () => {
      const completion = completionOf({ tool_calls: [functionCall('a', '')] });
      const copy = structuredClone(completion);
      messageParam(acme, completion, { content: '', openCalls: [] });
      expect(completion).toStrictEqual(copy);
    });
  });

  describe('sends an answer that the completion does not hold as its text: it', () => {
    const json = '{"title":"Dune"}';
    const answer: ToolCall = { index: 0, id: 'a', name: 'book', arguments: json };
    const answerCall = { ...functionCall('a', json), function: { name: 'book', arguments: json } };

    it('should send the arguments of the tool that stands for it as the text, and no call', () => {
      expect(
        param({ tool_calls: [answerCall] }, { content: json, openCalls: [answer] }),
      ).toStrictEqual({ role: 'assistant', content: json });
    });

    it('should keep the calls beside it', () => {
      const tool_calls = [functionCall('b', '{}'), answerCall];
      const kept = { content: json, openCalls: [{ ...answer, index: 1 }] };
      expect(param({ tool_calls }, kept)).toStrictEqual({
        role: 'assistant',
        content: json,
        tool_calls: [functionCall('b', '{}')],
      });
    });

    it('should leave the call out that has no id, by its position', () => {
      const tool_calls = [{ ...answerCall, id: 'call_0' }];
      expect(
        param({ tool_calls }, { content: json, openCalls: [{ ...answer, id: null }] }),
      ).toStrictEqual({ role: 'assistant', content: json });
    });

    it('should send what was cut of it, as a text', () => {
      const cut = '{"title":"Du';
      expect(
        param({ tool_calls: [functionCall('a', cut)] }, { content: cut, openCalls: [answer] }),
      ).toStrictEqual({ role: 'assistant', content: cut });
    });

    it('should send the joint text of an answer that went on in a second call', () => {
      expect(param({ content: 'lo' }, { content: 'Hello' })).toStrictEqual({
        role: 'assistant',
        content: 'Hello',
      });
    });

    it('should send the joint text beside the calls of its last piece', () => {
      const tool_calls = [functionCall('b', '{}')];
      expect(param({ content: 'lo', tool_calls }, { content: 'Hello' })).toStrictEqual({
        role: 'assistant',
        content: 'Hello',
        tool_calls,
      });
    });
  });

  // Content and tools of a stream are those of choice 0; another choice may arrive before it.
  it('should not send another choice’s calls for those of the first', () => {
    const completion = completionOf({ tool_calls: [functionCall('b', '{}')] }, 1);
    expect(messageParam(acme, completion, { content: '', openCalls: [] })).toStrictEqual({
      role: 'assistant',
      content: '',
    });
  });
});
