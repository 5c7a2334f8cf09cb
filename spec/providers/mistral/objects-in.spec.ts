import { describe, expect, it } from '@jest/globals';
import { objectsIn } from '../../../providers/mistral/objects-in.ts';

describe('objectsIn', () => {
  it.each<[unknown, readonly unknown[]]>([
    [
      [{ a: 1 }, null, 'x', { b: 2 }, 7],
      [{ a: 1 }, { b: 2 }],
    ],
    [[], []],
    [null, []],
    [undefined, []],
    ['text', []],
    [{ length: 1, 0: {} }, []],
  ])('should find in %j %j', (value, objects) => {
    expect(objectsIn(value as readonly object[])).toEqual(objects);
  });
});
