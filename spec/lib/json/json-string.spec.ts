import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonString } from '../../../lib/json/json-string.ts';
import { cut } from './json-texts.ts';

/** The values of a string after each piece. */
function valuesOf(...pieces: readonly string[]): readonly unknown[] {
  const token = jsonString();
  token.open('"');
  return pieces.map((piece) => {
    token.read(piece, 0);
    return token.value();
  });
}

describe('jsonString', () => {
  it('should grow by what has come whole', () => {
    expect(valuesOf('ab', '\\', 'n', '\\u0', '04', '1c', '"')).toEqual([
      'ab',
      'ab',
      'ab\n',
      'ab\n',
      'ab\n',
      'ab\nAc',
      'ab\nAc',
    ]);
  });

  it('should keep the halves of a surrogate pair together, escaped or not', () => {
    for (const first of ['\ud83d', '\\ud83d', '\\uD83D']) {
      for (const second of ['\ude0a', '\\ude0a', '\\uDE0A']) {
        expect(valuesOf(`a${first}`, second)).toEqual(['a', 'a😊']);
        expect(valuesOf(`a${first}${second}`)).toEqual(['a😊']);
      }
    }
  });

  it('should give half a pair when no other half follows', () => {
    expect(valuesOf('\ud83d', 'a')).toEqual(['', '\ud83da']);
    expect(valuesOf('\ud83d', '"')).toEqual(['', '\ud83d']);
    expect(valuesOf('\ud83d', '\ud83d', '\ude0a')).toEqual(['', '\ud83d', '\ud83d😊']);
    expect(valuesOf('\ude0a', '\\ud83d', '\\n')).toEqual(['\ude0a', '\ude0a', '\ude0a\ud83d\n']);
  });

  it('should be whole at its closing quote, and read no further', () => {
    const token = jsonString();
    token.open('"');
    expect(token.read('x: "a\\"b", "c"', 4)).toBe(9);
    expect([token.isWhole(), token.value(), token.fault()]).toEqual([true, 'a"b', null]);
  });

  it('should begin anew', () => {
    const token = jsonString();
    token.open('"');
    token.read('a\ud83d"', 0);
    token.open('"');
    expect([token.isWhole(), token.value()]).toEqual([false, '']);
    token.read('b"', 0);
    expect([token.isWhole(), token.value()]).toEqual([true, 'b']);
  });

  it('should not be whole because the text ends', () => {
    const token = jsonString();
    token.open('"');
    token.read('a', 0);
    token.end();
    expect(token.isWhole()).toBe(false);
  });

  it.each([
    ['a\nb"', 1, 'Control character in a string'],
    ['\u001f', 0, 'Control character in a string'],
    ['a\\x"', 2, 'Malformed escape in a string'],
    ['\\U0041', 1, 'Malformed escape in a string'],
    ['\\\n', 1, 'Malformed escape in a string'],
    ['\\u"', 2, 'Malformed escape in a string'],
    ['\\u004g', 5, 'Malformed escape in a string'],
    ['\\u 041', 2, 'Malformed escape in a string'],
  ])('should stop in %j where it goes wrong', (text, position, fault) => {
    const token = jsonString();
    token.open('"');
    expect(token.read(text, 0)).toBe(position);
    expect([token.isWhole(), token.fault()]).toEqual([false, fault]);
  });

  it('should read any string in any pieces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat()), (value, cuts) => {
        expect(valuesOf(...cut(JSON.stringify(value).slice(1), cuts)).at(-1)).toBe(value);
      }),
    );
  });
});
