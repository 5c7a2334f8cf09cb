import { describe, expect, it } from '@jest/globals';
import { accumulateTuple } from '../../lib/accumulation.ts';
import { StreamError, type StreamTuple } from 'rx-llm';
import { tupleOf, tuplesOf, usage, type ScriptedWire } from 'rx-llm/testing';
import { nothingArrived, responseAtEnd } from '../../operators/response-at-end.ts';

const after = (tuple: StreamTuple<ScriptedWire, never>) =>
  accumulateTuple<ScriptedWire, never>(null, tuple);

describe('responseAtEnd', () => {
  it('should be whole when the call has ended, and interrupted when it has not', () => {
    expect(responseAtEnd(after(tupleOf('Hello')))).toMatchObject({
      content: 'Hello',
      interrupted: false,
    });
    expect(responseAtEnd(after(tupleOf('Hello', { ended: false })))).toMatchObject({
      content: 'Hello',
      interrupted: true,
    });
  });

  it('should be interrupted when the last piece of the answer came and is not there', () => {
    const { a, b } = tuplesOf({ a: 'Hello', b: ' world', c: usage({ outputTokens: 2 }) });
    expect(responseAtEnd(after(a))).toMatchObject({ content: 'Hello', interrupted: true });
    expect(responseAtEnd(after(b))).toMatchObject({ content: ' world', interrupted: false });
  });
});

describe('nothingArrived', () => {
  it('should say so', () => {
    expect(nothingArrived()).toBeInstanceOf(StreamError);
    expect(nothingArrived()).toMatchObject({ code: 'empty', provider: null, partial: null });
  });
});
