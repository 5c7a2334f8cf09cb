import type { GenerateContentResponse } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { candidatesOf, objectsIn, partsOf } from '../../../providers/google/candidates.ts';

const event = (data: unknown): GenerateContentResponse => data as GenerateContentResponse;

describe('candidatesOf', () => {
  it('should number candidates by their index, else by their position', () => {
    const [a, b] = [{ index: 1 }, {}];
    expect(candidatesOf(event({ candidates: [a, b] }))).toEqual([
      [1, a],
      [1, b],
    ]);
    expect(candidatesOf(event({ candidates: [b] }))).toEqual([[0, b]]);
  });

  it.each([null, undefined, {}, { candidates: null }, { candidates: {} }, { candidates: [null] }])(
    'should find none in %j',
    (data) => {
      expect(candidatesOf(event(data))).toEqual([]);
    },
  );
});

describe('partsOf', () => {
  it('should give the parts of the first candidate, wherever it stands', () => {
    const candidates = [
      { index: 1, content: { parts: [{ text: 'one' }] } },
      { index: 0, content: { parts: [{ text: 'zero' }, null] } },
    ];
    expect(partsOf(event({ candidates }))).toEqual([{ text: 'zero' }]);
  });

  it.each([{}, { content: null }, { content: {} }, { content: { parts: 'no' } }])(
    'should find none in the candidate %j',
    (candidate) => {
      expect(partsOf(event({ candidates: [candidate] }))).toEqual([]);
    },
  );
});

describe('objectsIn', () => {
  it('should leave out what is no object', () => {
    expect(objectsIn([{ a: 1 }, null, 'text', 7] as object[])).toEqual([{ a: 1 }]);
  });

  it('should give none of what is no list', () => {
    expect(objectsIn({} as object[])).toEqual([]);
    expect(objectsIn(null)).toEqual([]);
  });
});
