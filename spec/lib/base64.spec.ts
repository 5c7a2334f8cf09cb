import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, toBase64 } from '../../lib/base64.ts';

describe('base64', () => {
  it('should write and read what Node’s Buffer writes and reads', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
      }),
    ));

  it('should take nothing for nothing', () => {
    expect(toBase64(new Uint8Array())).toBe('');
    expect(fromBase64('')).toEqual(new Uint8Array());
  });

  it('should write more bytes than a function may have arguments', () => {
    const bytes = Uint8Array.from({ length: 1_000_003 }, (_, position) => position % 251);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(Buffer.compare(fromBase64(toBase64(bytes)), bytes)).toBe(0);
  });

  it('should write a part of a buffer as that part alone', () => {
    const part = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(fromBase64(toBase64(part))).toEqual(Uint8Array.of(2, 3));
  });

  it('should read text without padding', () => {
    expect(fromBase64('aGk')).toEqual(fromBase64('aGk='));
  });

  it('should throw for what is not base64', () => {
    expect(() => fromBase64('*')).toThrow();
  });
});
