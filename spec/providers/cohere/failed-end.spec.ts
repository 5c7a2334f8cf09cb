import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../providers/cohere/failed-end.ts';
import type { ChatEvent } from '../../../providers/cohere/wire.ts';

const failureIn = (event: unknown) => failureOf(event as ChatEvent);

describe('failureOf', () => {
  it('should take the server’s words', () => {
    const delta = { finishReason: 'ERROR', usage: {}, error: 'no', errorType: 'INVALID' };
    expect(failureIn({ type: 'message-end', delta })).toEqual({ message: 'no', body: delta });
  });

  it('should find words where the server has none', () => {
    const delta = { finishReason: 'TIMEOUT' };
    expect(failureIn({ type: 'message-end', delta })).toEqual({
      message: 'The answer ended with TIMEOUT',
      body: delta,
    });
  });

  it('should trust an error under any finish reason', () => {
    const delta = { finishReason: 'ERROR_LIMIT', error: 'too much' };
    expect(failureIn({ type: 'message-end', delta })).toMatchObject({ message: 'too much' });
  });

  it('should know an error in the form of an HTTP error', () => {
    const event = { id: '1', message: 'internal server error' };
    expect(failureIn(event)).toEqual({ message: 'internal server error', body: event });
  });

  it.each([
    { type: 'message-end', delta: { finishReason: 'COMPLETE' } },
    { type: 'message-end', delta: { finishReason: 'NEW', error: null } },
    { type: 'message-end' },
    { type: 'content-delta', delta: { error: 'text' } },
    { type: 'something-new', message: 'text' },
    {},
    null,
    7,
  ])('should find none in %j', (event) => {
    expect(failureIn(event)).toBeNull();
  });
});
