import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonReader, type JsonReader } from '../../../lib/json/json-reader.ts';
import { jsonElements } from '../../../lib/json/json-elements.ts';
import { inPieces, jsonTexts } from './json-texts.ts';
import { frozen, isSame } from './json-values.ts';

/** The elements that a text hands on, and the reader of the text. */
function elementsOf(
  path: readonly string[],
  ...pieces: readonly string[]
): { readonly elements: readonly unknown[]; readonly reader: JsonReader } {
  const elements: unknown[] = [];
  const reader = jsonReader({
    each: {
      path,
      next: (value, index) => {
        expect(index).toBe(elements.length);
        elements.push(value);
      },
    },
  });
  for (const piece of pieces) reader.push(piece);
  return { elements, reader };
}

/** What a path of keys leads to through objects. */
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      Array.isArray(at)
        ? undefined
        : (at as { readonly [key: string]: unknown } | undefined)?.[key],
    value,
  );

const root = (text: string): string => text;
const inObject = (text: string): string => `{"a":{"x":[{"b":[0]}]},"b":{"a":[0],"b":${text}}}`;

describe('jsonElements', () => {
  it.each([
    ['the root', [], root],
    ['a path', ['b', 'b'], inObject],
  ])('should hand on the elements at %s as they are, in any pieces', (_, path, around) => {
    const arrays = fc.array(jsonTexts(), { maxLength: 5 }).map((all) => `[${all.join(',')}]`);
    fc.assert(
      fc.property(inPieces(arrays.map(around)), (pieces) => {
        const text = pieces.join('');
        const { elements, reader } = elementsOf(path, ...pieces);
        const whole = JSON.parse(text) as { readonly b: { readonly b: unknown } };
        expect(isSame(elements, path.length === 0 ? whole : whole.b.b)).toBe(true);
        expect(isSame(reader.value, JSON.parse(around('[]')))).toBe(true);
        expect([reader.state, reader.found]).toEqual(['complete', true]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('should find the array that a path leads to, and no other', () => {
    const key = fc.constantFrom('a', 'b');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'max' },
        fc.constant(1),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(key, tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.array(key, { maxLength: 3 }), (whole, path) => {
        const { elements, reader } = elementsOf(path, JSON.stringify(whole));
        const there = valueAt(whole, path);
        expect(reader.found).toBe(Array.isArray(there));
        expect(elements).toEqual(Array.isArray(there) ? there : []);
      }),
      { numRuns: 1_000 },
    );
  });

  it('should hand on an element when it closes, and a number when it has ended', () => {
    const seen: unknown[] = [];
    const reader = jsonReader({ each: { path: [], next: (value) => seen.push(value) } });
    const counts = ['[', '"a', '"', ',1', '2', ',', '{"a":[', ']', '}', ' ', ',3]'].map((piece) => {
      reader.push(piece);
      return seen.length;
    });
    expect(counts).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4]);
  });

  it('should keep the identity of the value while elements come', () => {
    const { reader } = elementsOf(['a'], '{"b":1,"a":[');
    const { value } = reader;
    for (const piece of ['{"x":"y', '"}', ',[1', ',2],', '"', '"', ']']) {
      reader.push(piece);
      expect(reader.value).toBe(value);
    }
    reader.push(',"c":2}');
    expect(reader.value).toEqual({ b: 1, a: [], c: 2 });
    expect(value).toEqual({ b: 1, a: [] });
  });

  it('should never touch an element that it handed on', () => {
    const elements: unknown[] = [];
    const reader = jsonReader({
      each: { path: [], next: (value) => void elements.push(frozen(value)) },
    });
    for (const piece of '[{"a":[1]},{"a":[1]},[],[2]]') reader.push(piece);
    expect(elements).toEqual([{ a: [1] }, { a: [1] }, [], [2]]);
  });

  it('should keep no element', async () => {
    const elements: WeakRef<object>[] = [];
    const { reader } = (() => {
      const builder = jsonReader({
        each: { path: ['a'], next: (value) => void elements.push(new WeakRef(value as object)) },
      });
      builder.push('{"a":[{"x":1},{"x":[2]}');
      return { reader: builder };
    })();
    // What a WeakRef was made of in this turn lives until the next.
    await new Promise((resolve) => setTimeout(resolve, 0));
    globalThis.gc!();
    expect(elements.map((each) => each.deref())).toEqual([undefined, undefined]);
    expect(reader.value).toEqual({ a: [] });
  });

  it.each<readonly [string, readonly string[], string]>([
    ['an object', ['a'], '{"a":{"0":1}}'],
    ['a string', ['a'], '{"a":"[1]"}'],
    ['null', ['a'], '{"a":null,"b":[1]}'],
    ['nothing', ['a'], '{"b":[1]}'],
    ['an array deeper down', ['a'], '{"b":{"a":[1]},"c":[{"a":[1]}]}'],
    ['an array behind an array', ['a', 'b'], '{"a":[{"b":[1]}]}'],
    ['an array of numbered places', ['0'], '[[1]]'],
    ['an array further up', ['a', 'b'], '{"a":[1],"b":[2]}'],
    ['an array after the way was left', ['a', 'b'], '{"a":{},"b":[1],"c":{"b":[1]}}'],
    ['the key of a prototype', ['constructor'], '{"a":[1]}'],
    ['an object at the root', [], '{"a":[1]}'],
    ['a number at the root', [], '1 '],
  ])('should hand on nothing where there is %s', (_, path, text) => {
    const { elements, reader } = elementsOf(path, text);
    expect(elements).toEqual([]);
    expect(reader.found).toBe(false);
    expect(reader.value).toEqual(JSON.parse(text));
  });

  it.each<readonly [string, readonly string[], string]>([
    ['behind others', ['a'], '{"b":[0],"c":{"a":[0]},"a":[1,2]}'],
    ['under a key in escapes', ['a'], '{"\\u0061":[1,2]}'],
    ['under an empty key', ['', ''], '{"":{"":[1,2]}}'],
    ['under __proto__', ['__proto__'], '{"__proto__":[1,2]}'],
    ['where a first try led nowhere', ['a', 'b'], '{"a":{"c":[0]},"a":{"b":[1,2]}}'],
  ])('should find an array %s', (_, path, text) => {
    expect(elementsOf(path, text).elements).toEqual([1, 2]);
  });

  it('should count the elements of a repeated key from the start', () => {
    const seen: [unknown, number][] = [];
    jsonReader({ each: { path: ['a'], next: (...each) => seen.push(each) } }).push(
      '{"a":["x","y"],"a":["z"]}',
    );
    expect(seen).toEqual([
      ['x', 0],
      ['y', 1],
      ['z', 0],
    ]);
  });

  it('should hand on what is nested in an element with it', () => {
    const { elements } = elementsOf(['a'], '{"a":[{"a":[1]},[[2]]]}');
    expect(elements).toEqual([{ a: [1] }, [[2]]]);
  });

  it('should have found nothing before it is told of anything', () => {
    const builder = jsonElements({ path: [], next: () => undefined });
    expect([builder.value(), builder.found()]).toEqual([undefined, false]);
  });
});
