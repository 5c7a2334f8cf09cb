import { describe, expect, it } from '@jest/globals';
import { defined } from '../../lib/defined.ts';

describe('defined', () => {
  it('should leave out what is undefined, and nothing else', () => {
    const fields = { a: undefined, b: null, c: 0, d: '', e: false };
    expect(Object.keys(defined(fields))).toEqual(['b', 'c', 'd', 'e']);
    expect(Object.keys(fields)).toHaveLength(5);
  });
});
