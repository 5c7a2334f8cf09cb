import type { GenerateContentResponse } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { noteTurn, turnOf, turnReader } from '../../../providers/google/turn.ts';

const event = (data: object): GenerateContentResponse => data as GenerateContentResponse;

/** An event of one candidate with these parts. */
const parts = (...list: readonly object[]): GenerateContentResponse =>
  event({ candidates: [{ content: { role: 'model', parts: list } }] });

const call = (functionCall: object): object => ({ functionCall });

const finish = (finishReason: string, ...list: readonly object[]): GenerateContentResponse =>
  event({ candidates: [{ content: { parts: list }, finishReason }] });

const read = (events: readonly GenerateContentResponse[], candidates = 1) => {
  const reader = turnReader(candidates);
  return events.map((item) => reader(item));
};

describe('turnReader', () => {
  describe('numbers calls over the turn: it', () => {
    it('should tell calls without an id apart, in one event and over several', () => {
      const notes = read([
        parts(call({ name: 'f', args: {} }), call({ name: 'f', args: {} })),
        parts({ text: 'and' }),
        parts(call({ name: 'f', args: {} })),
      ]);
      expect(notes.map(({ toolCalls }) => toolCalls.map(({ index }) => index))).toEqual([
        [0, 1],
        [],
        [2],
      ]);
      expect(notes.map(({ endedToolCalls }) => endedToolCalls)).toEqual([[0, 1], [], [2]]);
    });

    it('should give a whole call as one piece that has ended', () => {
      expect(read([parts(call({ id: 'a', name: 'f', args: { city: 'Oslo' } }))])).toEqual([
        {
          toolCalls: [{ index: 0, id: 'a', name: 'f', arguments: '{"city":"Oslo"}' }],
          endedToolCalls: [0],
          finished: false,
        },
      ]);
    });

    it.each([undefined, null])('should take args of %j for none', (args) => {
      expect(read([parts(call({ name: 'now', args }))])[0]!.toolCalls).toEqual([
        { index: 0, id: null, name: 'now', arguments: '' },
      ]);
    });

    it('should start anew in every stream', () => {
      const one = parts(call({ name: 'f' }));
      expect(read([one])).toEqual(read([one]));
    });
  });

  describe('puts streamed arguments together: it', () => {
    const start = parts(call({ name: 'f', willContinue: true }));
    const piece = (partialArgs: readonly object[], willContinue = true): GenerateContentResponse =>
      parts(call({ partialArgs, ...(willContinue && { willContinue }) }));
    const end = parts(call({}));

    it('should end a call with an empty part', () => {
      const notes = read([
        start,
        piece([{ jsonPath: '$.city', stringValue: 'Os', willContinue: true }]),
        piece([{ jsonPath: '$.city', stringValue: 'lo' }]),
        end,
      ]);
      expect(notes.map(({ toolCalls }) => toolCalls.map((delta) => delta.arguments))).toEqual([
        [''],
        ['{"city":"Os'],
        ['lo"'],
        ['}'],
      ]);
      expect(notes.map(({ endedToolCalls }) => endedToolCalls)).toEqual([[], [], [], [0]]);
    });

    it('should end a call with a piece that does not continue', () => {
      const [, last] = read([start, piece([{ jsonPath: '$.n', numberValue: 1 }], false)]);
      expect(last).toMatchObject({
        toolCalls: [{ index: 0, id: null, name: null, arguments: '{"n":1}' }],
        endedToolCalls: [0],
      });
    });

    it('should end a call with the start of the next', () => {
      const [, , next] = read([start, piece([{ jsonPath: '$.n', numberValue: 1 }]), start]);
      expect(next).toMatchObject({
        toolCalls: [
          { index: 0, arguments: '}' },
          { index: 1, name: 'f', arguments: '' },
        ],
        endedToolCalls: [0],
      });
    });

    it('should leave a call open that is cut off', () => {
      const notes = read([
        start,
        piece([{ jsonPath: '$.city', stringValue: 'Os', willContinue: true }]),
        finish('MAX_TOKENS'),
      ]);
      expect(notes.flatMap(({ endedToolCalls }) => endedToolCalls)).toEqual([]);
      expect(notes.flatMap(({ toolCalls }) => toolCalls.map((delta) => delta.arguments))).toEqual([
        '',
        '{"city":"Os',
      ]);
    });

    it('should take members that come whole beside streamed ones', () => {
      const notes = read([
        parts(call({ name: 'f', args: { a: 1 }, willContinue: true })),
        piece([{ jsonPath: '$.b', numberValue: 2 }]),
        end,
      ]);
      const text = notes.flatMap(({ toolCalls }) => toolCalls.map((delta) => delta.arguments));
      expect(JSON.parse(text.join(''))).toEqual({ a: 1, b: 2 });
    });

    it('should find nothing in a part that closes no call', () => {
      expect(read([end])).toEqual([{ toolCalls: [], endedToolCalls: [], finished: false }]);
    });
  });

  describe('knows the end: it', () => {
    it.each(['STOP', 'MAX_TOKENS', 'SAFETY', 'MALFORMED_FUNCTION_CALL', 'SOMETHING_NEW'])(
      'should take %s for it',
      (reason) => {
        expect(read([finish(reason)])[0]!.finished).toBe(true);
      },
    );

    it.each([undefined, null, '', 'FINISH_REASON_UNSPECIFIED'])(
      'should not take %j for it',
      (reason) => {
        expect(read([finish(reason!)])[0]!.finished).toBe(false);
      },
    );

    it('should not take STOP beside code that is still to run for it', () => {
      const code = { executableCode: { code: 'print(1)', language: 'PYTHON' } };
      const notes = read([
        finish('STOP', code),
        parts({ codeExecutionResult: { outcome: 'OUTCOME_OK' } }),
        finish('STOP', { text: '1' }),
      ]);
      expect(notes.map(({ finished }) => finished)).toEqual([false, false, true]);
      expect(read([finish('MAX_TOKENS', code)])[0]!.finished).toBe(true);
    });

    it('should take a blocked prompt for it', () => {
      expect(read([event({ promptFeedback: { blockReason: 'SAFETY' } })])[0]!.finished).toBe(true);
      expect(read([event({ promptFeedback: { safetyRatings: [] } })])[0]!.finished).toBe(false);
    });

    it('should wait for all candidates that were asked for', () => {
      const end = (index: number) => event({ candidates: [{ index, finishReason: 'STOP' }] });
      const notes = read([end(1), end(1), end(0)], 2);
      expect(notes.map(({ finished }) => finished)).toEqual([false, false, true]);
    });
  });
});

describe('noteTurn', () => {
  it('should leave its note out of sight', () => {
    const given = parts(call({ name: 'f' }));
    const before = structuredClone(given);
    noteTurn(1)(given);
    expect(given).toEqual(before);
    expect(Object.keys(given)).toEqual(Object.keys(before));
    expect(JSON.stringify(given)).toBe(JSON.stringify(before));
  });

  it('should let each event of a stream be read for itself', () => {
    const events = [parts(call({ name: 'f' })), parts(call({ name: 'f' }))];
    events.forEach(noteTurn(1));
    const indexes = events.map((item) => turnOf(item, 1).toolCalls.map(({ index }) => index));
    expect(indexes).toEqual([[0], [1]]);
    expect(turnOf(events[1], 1)).toBe(turnOf(events[1], 1));
  });

  it('should read an event that is of no stream as the first', () => {
    expect(turnOf(parts(call({ name: 'f' })), 1).toolCalls).toHaveLength(1);
    expect(turnOf(null, 1)).toEqual({ toolCalls: [], endedToolCalls: [], finished: false });
  });
});
