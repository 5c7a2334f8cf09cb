import { describe, expect, it } from '@jest/globals';
import { chunkOf, continuationOf } from '../../lib/chunk.ts';
import { commonUsage } from '../../lib/usage.ts';
import { piece, plainCall, type PlainEvent } from './plain-provider.ts';

const call = plainCall();

describe('chunkOf', () => {
  it('should say nothing of what its event says nothing of', () => {
    const event: PlainEvent = {};
    expect({ ...chunkOf(call, event, event, 1010) }).toEqual({
      content: '',
      thinking: '',
      refusal: null,
      audio: null,
      audioTranscript: null,
      toolCallDeltas: [],
      finishReasons: null,
      commonFinishReasons: null,
      usage: null,
      commonUsage: null,
      inputTokens: null,
      outputTokens: null,
      cachedTokens: null,
      id: null,
      model: null,
      continuation: false,
      chunk: event,
      call,
      time: 1010,
      position: 1,
      toString: expect.any(Function),
    });
  });

  it('should have the place among the chunks of its call that it is given', () => {
    expect(chunkOf(call, {}, {}, 1010, 7).position).toBe(7);
  });

  it('should say all that its event says', () => {
    const usage = commonUsage({ inputTokens: 9, outputTokens: 0, cachedTokens: 2 });
    const event: PlainEvent = {
      content: 'Hi',
      thinking: 'Hm',
      refusal: 'No',
      audio: Uint8Array.of(1),
      audioTranscript: 'Hi',
      toolCalls: [piece({ name: 'add' })],
      usage,
      commonUsage: usage,
      id: 'answer-1',
      model: 'plain-1-large',
    };
    const { toolCalls, ...fields } = event;
    expect(chunkOf(call, event, event, 1010)).toMatchObject({
      ...fields,
      toolCallDeltas: toolCalls,
      inputTokens: 9,
      outputTokens: 0,
      cachedTokens: 2,
    });
  });

  it('should keep the provider’s own event, untouched, and the call', () => {
    const event: PlainEvent = Object.freeze({ content: 'Hi' });
    const chunk = chunkOf(call, event, { content: 'decoded' }, 1010);
    expect(chunk.chunk).toBe(event);
    expect(chunk.call).toBe(call);
  });

  it('should give the finish reasons in the provider’s words and in common ones', () => {
    const event: PlainEvent = { finishReasons: ['done', null, 'limit'] };
    expect(chunkOf(call, event, event, 1010)).toMatchObject({
      finishReasons: ['done', null, 'limit'],
      commonFinishReasons: ['stop', null, 'length'],
    });
  });

  it('should print as its content, also when a copy has another', () => {
    const chunk = chunkOf(call, {}, { content: 'Hi' }, 1010);
    expect(`${chunk}`).toBe('Hi');
    expect(String({ ...chunk, content: 'Ho' })).toBe('Ho');
  });
});

describe('continuationOf', () => {
  it('should say nothing anew, and stand for the same event of the same call at the same time', () => {
    const usage = commonUsage({ inputTokens: 9 });
    const event: PlainEvent = {
      content: 'Hi',
      thinking: 'Hm',
      refusal: 'No',
      audio: Uint8Array.of(1),
      audioTranscript: 'Hi',
      toolCalls: [piece({ name: 'add' })],
      finishReasons: ['calls'],
      usage,
      commonUsage: usage,
      id: 'answer-1',
      model: 'plain-1-large',
    };
    const chunk = chunkOf(call, event, event, 1010);
    const silent = chunkOf(call, event, { id: 'answer-1', model: 'plain-1-large' }, 1010);
    expect(continuationOf(chunk)).toEqual({ ...silent, continuation: true });
    expect(continuationOf(chunk).chunk).toBe(event);
    expect(`${continuationOf(chunk)}`).toBe('');
    expect(chunk.continuation).toBe(false);
  });

  it('should have a place of its own, or that of the chunk it goes on from', () => {
    const chunk = chunkOf(call, {}, {}, 1010, 7);
    expect([continuationOf(chunk).position, continuationOf(chunk, 8).position]).toEqual([7, 8]);
  });
});
