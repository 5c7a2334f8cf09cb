import { describe, expect, it } from '@jest/globals';
import { responseModel, type CallContext, type ResponseShape } from 'rx-llm';
import { tupleOf, type ScriptedWire } from 'rx-llm/testing';
import { z } from 'zod';
import {
  answerReader,
  elementReader,
  readingOf,
  unwrapped,
} from '../../../operators/structured/answer-reader.ts';

const book = responseModel(z.object({ title: z.string() }));
const other = responseModel({ type: 'array' });

const callWith = (shape: ResponseShape | null): CallContext<ScriptedWire> => ({
  ...tupleOf('')[0].call,
  shape,
});

const shape = { model: book, mode: 'native', wrapped: true, tool: null, fields: { a: 1 } } as const;

/** The value of a text. */
const valueOf = (reader: ReturnType<typeof answerReader>, text: string): unknown => {
  reader.push(text);
  reader.end();
  return reader.state === 'complete' ? reader.value : reader.state;
};

describe('readingOf', () => {
  it('should be as the call asked for it', () => {
    expect(readingOf(callWith(shape), null)).toEqual({
      model: book,
      wrapped: true,
      fields: { a: 1 },
    });
    expect(readingOf(callWith(null), null)).toEqual({ model: null, wrapped: false, fields: {} });
  });

  it('should go by another model, in the form that the call asked for', () => {
    expect(readingOf(callWith(shape), other)).toMatchObject({ model: other, wrapped: true });
    expect(readingOf(callWith(null), other)).toMatchObject({ model: other, wrapped: false });
  });
});

describe('answerReader', () => {
  const reading = (model: typeof other | null, wrapped = false) => ({ model, wrapped, fields: {} });

  it('should look for what the schema begins with', () => {
    expect(valueOf(answerReader(reading(book)), 'See [1]: {"title":"x"}')).toEqual({ title: 'x' });
    expect(valueOf(answerReader(reading(other)), 'See {1}: [2]')).toEqual([2]);
    expect(valueOf(answerReader(reading(other, true)), 'So: {"value":[2]}')).toEqual({
      value: [2],
    });
  });

  it('should look for either where the schema does not say, or there is none', () => {
    for (const model of [null, responseModel({}), responseModel({ anyOf: [] })]) {
      expect(valueOf(answerReader(reading(model)), 'So: {"a":[1]}.')).toEqual({ a: [1] });
      expect(valueOf(answerReader(reading(model)), 'So: [{"a":1}].')).toEqual([{ a: 1 }]);
    }
  });

  it('should look for what only can fit, wherever the schema says so', () => {
    const either = { k: z.literal('a') };
    for (const schema of [z.union([z.object(either), z.object({})]), z.object(either).nullable()]) {
      const text = 'As in [1], the answer: {"k":"a"}';
      expect(valueOf(answerReader(reading(responseModel(schema))), text)).toEqual({ k: 'a' });
    }
    const lists = responseModel({ $ref: '#/$defs/L', $defs: { L: { type: ['array', 'null'] } } });
    expect(valueOf(answerReader(reading(lists)), 'Of {a}, {"b":1}: [2]')).toEqual([2]);
  });

  it('should read a single value, which no bracket shows, by itself only', () => {
    const number = responseModel({ type: 'number' });
    const textOrNull = responseModel(z.string().nullable());
    for (const model of [number, textOrNull, responseModel(z.object({}).nullable()), null]) {
      expect(valueOf(answerReader(reading(model)), 'It is null, or 42')).toBe('invalid');
    }
    expect(valueOf(answerReader(reading(number)), ' 42\n')).toBe(42);
    expect(valueOf(answerReader(reading(textOrNull)), '"It is {42}"')).toBe('It is {42}');
    expect(
      valueOf(answerReader(reading(responseModel(z.object({}).nullable()))), 'null'),
    ).toBeNull();
    expect(valueOf(answerReader(reading(null)), '42')).toBe(42);
  });
});

describe('elementReader', () => {
  it('should hand on the elements of the list at a path, from the value on', () => {
    const cases = [
      [false, [], 'So: [1,2]'],
      [true, [], '{"value":[1,2]}'],
      [false, ['list'], 'So: {"list":[1,2]}'],
      [true, ['list'], '{"value":{"list":[1,2]}}'],
    ] as const;
    for (const [wrapped, path, text] of cases) {
      const seen: unknown[] = [];
      const reader = elementReader(
        { model: null, wrapped, fields: {} },
        { path, next: (value, index) => seen.push([index, value]) },
      );
      valueOf(reader, text);
      expect([reader.state, reader.found, seen]).toEqual([
        'complete',
        true,
        [
          [0, 1],
          [1, 2],
        ],
      ]);
    }
  });
});

describe('unwrapped', () => {
  it('should take a value out of what it was wrapped in, once it has begun', () => {
    const wrapped = { model: null, wrapped: true, fields: {} };
    expect(unwrapped(wrapped, { value: [1] })).toEqual([1]);
    expect(unwrapped(wrapped, {})).toBeUndefined();
    expect(unwrapped(wrapped, undefined)).toBeUndefined();
    expect(unwrapped({ ...wrapped, wrapped: false }, { value: 1 })).toEqual({ value: 1 });
  });
});
