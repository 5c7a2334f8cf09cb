import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginsNumber, jsonNumber } from '../../../lib/json/json-number.ts';
import type { JsonToken } from '../../../lib/json/json-token.ts';
import { cut } from './json-texts.ts';

/** A number of this text, and how far it was read. */
function read(text: string, token: JsonToken = jsonNumber()): { token: JsonToken; at: number } {
  token.open(text.charAt(0));
  return { token, at: token.read(text, 1) };
}

describe('jsonNumber', () => {
  it.each(['0', '-0', '12', '-1.5', '0.0', '1e3', '1E+30', '2.5e-7', '1e400', '9'.repeat(400)])(
    'should read %s, which is whole when something follows',
    (text) => {
      for (const delimiter of [' ', '\t', '\n', '\r', ',', ']', '}']) {
        const { token, at } = read(text + delimiter);
        expect([at, token.isWhole(), token.fault()]).toEqual([text.length, true, null]);
        expect(token.value()).toBe(JSON.parse(text));
      }
    },
  );

  it.each(['0', '12', '-1.5', '1e3'])('should take %s for whole at the end of the text', (text) => {
    const { token } = read(text);
    expect(token.isWhole()).toBe(false);
    token.end();
    expect(token.isWhole()).toBe(true);
  });

  it.each(['-', '1.', '1e', '1e+'])('should not take %s for whole', (text) => {
    const { token } = read(text);
    token.end();
    expect(token.isWhole()).toBe(false);
    const wrong = read(`${text},`).token;
    expect([wrong.isWhole(), wrong.fault()]).toEqual([false, 'Malformed number']);
  });

  it.each([
    ['01', 1],
    ['-01', 2],
    ['--1', 1],
    ['1..2', 2],
    ['1.2.3', 3],
    ['1e2.5', 3],
    ['1e+-2', 3],
    ['1+2', 1],
    ['0x1', 1],
    ['1_000', 1],
    ['1"', 1],
    ['1:', 1],
    ['1\u00a0', 1],
    ['1٣', 1],
  ])('should stop in %s where it goes wrong', (text, position) => {
    const { token, at } = read(text);
    expect([at, token.isWhole(), token.fault()]).toEqual([position, false, 'Malformed number']);
  });

  it('should begin with a digit or a minus only', () => {
    for (const char of '0123456789-') expect(beginsNumber(char)).toBe(true);
    for (const char of ['+', '.', 'e', 'I', 'N', '', '٣']) expect(beginsNumber(char)).toBe(false);
  });

  it('should read any number after number in any pieces', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const token = jsonNumber();
    fc.assert(
      fc.property(number, fc.array(fc.nat()), (value, cuts) => {
        const text = JSON.stringify(value);
        token.open(text.charAt(0));
        for (const piece of cut(`${text.slice(1)},`, cuts)) token.read(piece, 0);
        expect(token.isWhole()).toBe(true);
        expect(token.value()).toBe(JSON.parse(text));
      }),
    );
  });
});
