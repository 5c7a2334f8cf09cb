import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinBytes } from '../../lib/join-bytes.ts';

describe('joinBytes', () => {
  it('should join any pieces in order', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        expect(joinBytes(pieces)).toEqual(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
      }),
    );
  });

  it('should not copy a single piece', () => {
    const piece = Uint8Array.of(1, 2, 3);
    expect(joinBytes([piece])).toBe(piece);
  });
});
