import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { jsonReader, type JsonFault, type JsonReader } from '../../../lib/json/json-reader.ts';
import { brokenJsonTexts, inPieces, jsonTexts } from './json-texts.ts';
import { frozen, isSame, isSoundPrefix, sharesWhatIsSame } from './json-values.ts';

/** A reader that was given these pieces. */
function readerOf(...pieces: readonly string[]): JsonReader {
  const reader = jsonReader();
  for (const piece of pieces) reader.push(piece);
  return reader;
}

function endedReaderOf(...pieces: readonly string[]): JsonReader {
  const reader = readerOf(...pieces);
  reader.end();
  return reader;
}

/** The values after each piece. */
function valuesOf(pieces: readonly string[]): readonly unknown[] {
  const reader = jsonReader();
  return pieces.map((piece) => {
    reader.push(piece);
    return frozen(reader.value);
  });
}

/** What `JSON.parse` makes of a text, `undefined` when it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const nested = (levels: number): string => '[{"a":'.repeat(levels) + '1' + '}]'.repeat(levels);

describe('jsonReader', () => {
  it('should have the value so far after each character', () => {
    const steps: readonly (readonly [string, unknown])[] = [
      [' ', undefined],
      ['{', {}],
      ['"', {}],
      ['a', {}],
      ['"', {}],
      [':', {}],
      ['"', { a: '' }],
      ['x', { a: 'x' }],
      ['\\', { a: 'x' }],
      ['n', { a: 'x\n' }],
      ['\\u00e', { a: 'x\n' }],
      ['9', { a: 'x\né' }],
      ['\ud83d', { a: 'x\né' }],
      ['\ude0a', { a: 'x\né😊' }],
      ['\\ud83d', { a: 'x\né😊' }],
      ['\\ude0', { a: 'x\né😊' }],
      ['a', { a: 'x\né😊😊' }],
      ['"', { a: 'x\né😊😊' }],
      [',"n"', { a: 'x\né😊😊' }],
    ];
    const reader = jsonReader();
    for (const [piece, value] of steps) {
      reader.push(piece);
      expect([piece, reader.value]).toEqual([piece, value]);
    }
  });

  it.each<readonly [string, readonly unknown[]]>([
    ['[tru|e|]', [[], [true], [true]]],
    ['[nul|l,fals|e', [[], [null], [null, false]]],
    ['[1|2|.|5|e|1|,', [[], [], [], [], [], [], [125]]],
    ['[0| ', [[], [0]]],
    ['{"n":-1|}', [{}, { n: -1 }]],
    [
      '[|[|{|}|,|"|"|]|]',
      [[], [[]], [[{}]], [[{}]], [[{}]], [[{}, '']], [[{}, '']], [[{}, '']], [[{}, '']]],
    ],
    ['"|a|\ud83d|b|"', ['', 'a', 'a', 'a\ud83db', 'a\ud83db']],
    ['"\ud83d|"', ['', '\ud83d']],
    ['"\\ud83d|\\|n"', ['', '', '\ud83d\n']],
    ['1|2| ', [undefined, undefined, 12]],
    ['t|rue', [undefined, true]],
    ['{"a":[ ]|,"b":2}', [{ a: [] }, { a: [], b: 2 }]],
    ['{"a":1,|"a":"x|"}', [{ a: 1 }, { a: 'x' }, { a: 'x' }]],
  ])('should have the values on the way of %j', (text, values) => {
    expect(valuesOf(text.split('|'))).toEqual(values);
  });

  it('should come to what JSON.parse gives, whatever the pieces', () => {
    fc.assert(
      fc.property(inPieces(jsonTexts()), (pieces) => {
        const reader = endedReaderOf(...pieces);
        expect({ state: reader.state, error: reader.error }).toEqual({
          state: 'complete',
          error: null,
        });
        expect(isSame(reader.value, parsed(pieces.join('')))).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('should take of broken texts what JSON.parse takes, whatever the pieces', () => {
    let taken = 0;
    fc.assert(
      fc.property(inPieces(brokenJsonTexts()), (pieces) => {
        const reader = endedReaderOf(...pieces);
        const value = parsed(pieces.join(''));
        expect(reader.state).toBe(value === undefined ? 'invalid' : 'complete');
        if (value === undefined) return;
        taken += 1;
        expect(isSame(reader.value, value)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
    // Of both kinds enough for the property to mean something.
    expect(taken).toBeGreaterThan(500);
    expect(taken).toBeLessThan(9_500);
  });

  it('should stop at the first character that can lead to nothing, whatever the pieces', () => {
    fc.assert(
      fc.property(inPieces(brokenJsonTexts()), (pieces) => {
        const text = pieces.join('');
        const { error, value } = endedReaderOf(...pieces);
        const atOnce = endedReaderOf(text);
        expect(error).toEqual(atOnce.error);
        expect(isSame(value, atOnce.value)).toBe(true);
        if (error === null) return;
        const { position } = error;
        const before = readerOf(text.slice(0, position));
        expect(before.error).toBeNull();
        if (position < text.length) {
          before.push(text.charAt(position));
          expect(before.error).toEqual(error);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('should have the value of all that was pushed, whatever the pieces', () => {
    fc.assert(
      fc.property(inPieces(brokenJsonTexts()), (pieces) => {
        valuesOf(pieces).forEach((value, position) => {
          const atOnce = readerOf(pieces.slice(0, position + 1).join('')).value;
          expect(isSame(value, atOnce)).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('should have sound parts of the whole on the way, each a part of the next', () => {
    fc.assert(
      fc.property(inPieces(jsonTexts({ uniqueKeys: true })), (pieces) => {
        const values = [...valuesOf(pieces), parsed(pieces.join(''))].filter(
          (value) => value !== undefined,
        );
        values.forEach((value, position) => {
          expect(isSoundPrefix(value, values.at(-1))).toBe(true);
          expect(isSoundPrefix(value, values[position + 1] ?? value)).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('should change the identity where the value changes, share the rest and never touch what it gave', () => {
    fc.assert(
      fc.property(inPieces(jsonTexts({ uniqueKeys: true })), (pieces) => {
        // Frozen: a later change of what was given would throw.
        const values = valuesOf(pieces);
        values.slice(1).forEach((value, position) => {
          expect(sharesWhatIsSame(values[position], value)).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('should never touch what it gave, repeated keys or not', () => {
    fc.assert(
      fc.property(inPieces(jsonTexts()), (pieces) => {
        const values = valuesOf(pieces);
        expect(isSame(endedReaderOf(...pieces).value, parsed(pieces.join('')))).toBe(true);
        values.slice(1).forEach((value, position) => {
          if (!isSame(values[position], value)) expect(value).not.toBe(values[position]);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('should keep the identity of the value when a piece changes nothing', () => {
    const reader = readerOf('{"a":[1,{"b":"x');
    const { value } = reader;
    for (const piece of ['', '\\u00', '41"}', ' , ', '2', '3', ']', ',"c', '":', ' ', '}']) {
      const before = reader.value;
      reader.push(piece);
      if (isSame(before, reader.value)) expect(reader.value).toBe(before);
    }
    expect(value).toEqual({ a: [1, { b: 'x' }] });
  });

  it('should keep the identity when a repeated key repeats its value', () => {
    const reader = readerOf('{"a":"x","b":0');
    const { value } = reader;
    reader.push(',"a":"x"');
    expect(reader.value).not.toBe(value);
    const next = reader.value;
    reader.push(',"b":0,"a":"x"');
    expect(reader.value).toBe(next);
    reader.push(',"b":-0}');
    expect(reader.value).toEqual({ a: 'x', b: -0 });
  });

  it('should share what is closed', () => {
    const reader = readerOf('{"a":{"b":[1]},"c":["');
    const before = reader.value as { readonly a: unknown; readonly c: unknown };
    reader.push('x');
    const after = reader.value as typeof before;
    expect(after).not.toBe(before);
    expect(after.c).not.toBe(before.c);
    expect(after.a).toBe(before.a);
  });

  it('should nest as deep as one likes', () => {
    const text = nested(50_000);
    for (const pieces of [[text], [text.slice(0, 260_000), text.slice(260_000)]]) {
      const reader = jsonReader();
      for (const piece of pieces) {
        reader.push(piece);
        expect(Array.isArray(reader.value)).toBe(true);
      }
      expect(reader.state).toBe('complete');
      let levels = 0;
      let inner = reader.value;
      while (typeof inner === 'object') {
        inner = (inner as { readonly [key: string]: unknown })[levels % 2 === 0 ? '0' : 'a'];
        levels += 1;
      }
      expect([levels, inner]).toEqual([100_000, 1]);
    }
  });

  it('should read a string of a million pieces', () => {
    const reader = readerOf('["');
    for (let count = 0; count < 1_000_000; count += 1) {
      reader.push('ab');
      if (count % 1000 === 0) expect(Array.isArray(reader.value)).toBe(true);
    }
    reader.push('"]');
    expect((reader.value as readonly string[])[0] === 'ab'.repeat(1_000_000)).toBe(true);
  });

  it('should not let a key reach a prototype', () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":"';
    const reader = readerOf(text);
    const { value } = reader;
    reader.push('x","__proto__":{"polluted":2}}');
    expect(isSame(reader.value, parsed(`${text}x","__proto__":{"polluted":2}}`))).toBe(true);
    for (const each of [value, reader.value]) {
      expect(Object.getPrototypeOf(each)).toBe(Object.prototype);
      expect(Object.hasOwn(each as object, '__proto__')).toBe(true);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  describe('errors', () => {
    it.each<readonly [string, number, string]>([
      ['', 0, 'The text ends too early'],
      [' \n', 2, 'The text ends too early'],
      ['{"a":1', 6, 'The text ends too early'],
      ['"abc', 4, 'The text ends too early'],
      ['tru', 3, 'The text ends too early'],
      ['-', 1, 'The text ends too early'],
      ['1.', 2, 'The text ends too early'],
      ['[12', 3, 'The text ends too early'],
      ['x', 0, 'Expected a value'],
      ['\ufeff1', 0, 'Expected a value'],
      ['[1,\u00a02]', 3, 'Expected a value'],
      ['+1', 0, 'Expected a value'],
      ['.5', 0, 'Expected a value'],
      ['[,', 1, 'Expected a value or ]'],
      ['[1,]', 3, 'Expected a value'],
      ['{"a":}', 5, 'Expected a value'],
      ['{a', 1, 'Expected a key or }'],
      ['{1', 1, 'Expected a key or }'],
      ['{]', 1, 'Expected a key or }'],
      ['{"a":1,}', 7, 'Expected a key'],
      ['{"a" 1', 5, 'Expected a colon'],
      ['{"a"}', 4, 'Expected a colon'],
      ['{"a":1 "b"', 7, 'Expected a comma or }'],
      ['{"a":{}]', 7, 'Expected a comma or }'],
      ['[1 2', 3, 'Expected a comma or ]'],
      ['[1}', 2, 'Expected a comma or ]'],
      ['01', 1, 'Malformed number'],
      ['[1.]', 3, 'Malformed number'],
      ['[-]', 2, 'Malformed number'],
      ['[1e+]', 4, 'Malformed number'],
      ['[1.2.3', 4, 'Malformed number'],
      ['1x', 1, 'Malformed number'],
      ['[1"', 2, 'Malformed number'],
      ['[trux', 4, 'Unknown word'],
      ['nil', 1, 'Unknown word'],
      ['"a\n"', 2, 'Control character in a string'],
      ['"\u0000', 1, 'Control character in a string'],
      ['"\\x', 2, 'Malformed escape in a string'],
      ['"\\u12g4"', 5, 'Malformed escape in a string'],
      ['"\\u"', 3, 'Malformed escape in a string'],
      ['{} {}', 3, 'More text behind the value'],
      ['1 2', 2, 'More text behind the value'],
      ['null\n\n,', 6, 'More text behind the value'],
      ['"é😊"x', 5, 'More text behind the value'],
    ])('in %j', (text, position, message) => {
      for (const pieces of [[text], text.split('')]) {
        const { state, error } = endedReaderOf(...pieces);
        expect({ state, error }).toEqual({ state: 'invalid', error: { message, position } });
      }
    });

    it('should leave the value as it was', () => {
      const reader = readerOf('{"a":[1,"x');
      const { value } = reader;
      reader.push('\n');
      reader.push('"]}');
      reader.end();
      expect(reader.state).toBe('invalid');
      expect(reader.error?.position).toBe(10);
      expect(reader.value).toBe(value);
    });

    it('should keep a whole value when more text follows', () => {
      const reader = readerOf('{"a":1} ');
      expect(reader.state).toBe('complete');
      const { value } = reader;
      reader.push('\t');
      expect(reader.state).toBe('complete');
      reader.push('\n\n}');
      expect(reader.state).toBe('invalid');
      expect(reader.error).toEqual({ message: 'More text behind the value', position: 11 });
      expect(reader.value).toBe(value);
    });

    it('should take a number that is cut off for none, but at the root', () => {
      expect(endedReaderOf('[1,12').value).toEqual([1]);
      const reader = readerOf('12');
      expect([reader.state, reader.value]).toEqual(['open', undefined]);
      reader.end();
      expect([reader.state, reader.value]).toEqual(['complete', 12]);
    });

    it('should be told once that the text ends', () => {
      const reader = endedReaderOf('[');
      const { error } = reader;
      reader.end();
      expect(reader.error).toBe(error);
    });
  });

  it('should hand on the elements of an array and keep none', () => {
    const handedOn: [unknown, number][] = [];
    const reader = jsonReader({
      each: { path: ['items'], next: (value, index) => handedOn.push([value, index]) },
    });
    expect(reader.found).toBe(false);
    reader.push('{"items":[{"a":1},2');
    expect(handedOn).toEqual([[{ a: 1 }, 0]]);
    expect(reader.found).toBe(true);
    const { value } = reader;
    expect(value).toEqual({ items: [] });
    reader.push(',"x"]');
    expect(handedOn.slice(1)).toEqual([
      [2, 1],
      ['x', 2],
    ]);
    expect(reader.value).toBe(value);
    reader.push(',"rest":[3]}');
    expect(reader.value).toEqual({ items: [], rest: [3] });
    expect(reader.state).toBe('complete');
  });

  it('should throw what the receiver of elements throws', () => {
    const failure = new Error('enough');
    const reader = jsonReader({
      each: {
        path: [],
        next: () => {
          throw failure;
        },
      },
    });
    expect(() => reader.push('[1,')).toThrow(failure);
  });

  it('should have no array to hand on when it is asked for none', () => {
    expect(readerOf('[]').found).toBe(false);
  });

  it('should promise no type of the value', () => {
    expectTypeOf<JsonReader['value']>().toBeUnknown();
    expectTypeOf<JsonReader['error']>().toEqualTypeOf<JsonFault | null>();
    const { path } = { path: ['items'] } as const;
    jsonReader({ each: { path, next: (value) => expectTypeOf(value).toBeUnknown() } });
    // @ts-expect-error -- a path is a list of keys
    jsonReader({ each: { path: 'items', next: () => undefined } });
  });
});
