import { describe, expect, it } from '@jest/globals';
import { isBlank, jsonScanner, type JsonScanner } from '../../../lib/json/json-scanner.ts';

/** A scanner, and the parts that it tells its builder. */
function scanned(...pieces: readonly string[]): {
  readonly parts: readonly unknown[];
  readonly scanner: JsonScanner;
  /** How far it came in each piece. */
  readonly at: readonly number[];
} {
  const parts: unknown[] = [];
  const scanner = jsonScanner({
    open: (kind) => parts.push(kind),
    close: () => parts.push('close'),
    key: (key) => parts.push({ key }),
    string: (soFar) => parts.push({ soFar }),
    scalar: (scalar) => parts.push({ scalar }),
    value: () => undefined,
    found: () => false,
  });
  return { parts, scanner, at: pieces.map((piece) => scanner.scan(piece, 0)) };
}

describe('jsonScanner', () => {
  it('should tell the parts in their order', () => {
    const { parts, scanner } = scanned('{"k\\u006', '5y":["te', 'xt"', ',1', '2,tr', 'ue]}');
    expect(parts).toEqual([
      'object',
      { key: 'key' },
      'array',
      { soFar: '' },
      { soFar: 'te' },
      { soFar: 'text' },
      { scalar: 'text' },
      { scalar: 12 },
      { scalar: true },
      'close',
      'close',
    ]);
    expect(scanner.state()).toBe('complete');
  });

  it('should stop behind the value', () => {
    expect(scanned(' [] ').at).toEqual([3]);
    expect(scanned('"a"b').at).toEqual([3]);
    expect(scanned('12 3').at).toEqual([2]);
    expect(scanned('true]').at).toEqual([4]);
    expect(scanned('[1', ']x', 'y').at).toEqual([2, 1, 0]);
  });

  it('should stop at what cannot stand there, and stay', () => {
    const { at, scanner, parts } = scanned('[1,', ' }2', ']');
    expect(at).toEqual([3, 1, 0]);
    expect([scanner.state(), scanner.fault()]).toEqual(['invalid', 'Expected a value']);
    expect(parts).toEqual(['array', { scalar: 1 }]);
  });

  it('should tell what came of a string before it went wrong', () => {
    const { parts } = scanned('"a\n');
    expect(parts).toEqual([{ soFar: '' }, { soFar: 'a' }]);
  });

  it('should read from where it is told to', () => {
    const { scanner, parts } = scanned();
    expect(scanner.scan('{{1', 2)).toBe(3);
    scanner.end();
    expect(parts).toEqual([{ scalar: 1 }]);
  });

  it('should know how deep it is, and whether there is more than brackets', () => {
    const depths = (text: string) => {
      const { scanner } = scanned(text);
      return [scanner.depth(), scanner.isEmpty()];
    };
    expect(depths('')).toEqual([0, true]);
    expect(depths('[ {')).toEqual([2, true]);
    expect(depths('[[x')).toEqual([2, true]);
    expect(depths('{"')).toEqual([1, false]);
    expect(depths('[n')).toEqual([1, false]);
    expect(depths('[-')).toEqual([1, false]);
    expect(depths('[[]')).toEqual([1, false]);
  });

  it('should take a number that is cut off for none, but at the root', () => {
    const root = scanned('1', '2');
    root.scanner.end();
    expect([root.scanner.state(), root.parts]).toEqual(['complete', [{ scalar: 12 }]]);
    const inner = scanned('[12');
    inner.scanner.end();
    expect([inner.scanner.state(), inner.parts]).toEqual(['invalid', ['array']]);
  });
});

describe('isBlank', () => {
  it('should know the white space of JSON and no other', () => {
    for (const char of [' ', '\t', '\n', '\r']) expect(isBlank(char)).toBe(true);
    for (const char of ['', '\f', '\v', '\u00a0', '\ufeff', '\u2028', 'x']) {
      expect(isBlank(char)).toBe(false);
    }
  });
});
