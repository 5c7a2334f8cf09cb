import { describe, expect, it } from '@jest/globals';
import { unmarked } from '../../../providers/google/cache-mark.ts';

const part = { type: 'text', text: 'Hi' } as const;

describe('unmarked', () => {
  it.each([true, { ttl: '5m' }, { ttl: '1h' }] as const)(
    'should refuse %j and say what there is instead',
    (cacheControl) => {
      const refuse = () => unmarked({ ...part, cacheControl });
      expect(refuse).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'google' }));
      expect(refuse).toThrow('callParams.cachedContent');
    },
  );

  it('should give a part without the field, and one that has none as it is', () => {
    expect(unmarked({ ...part, cacheControl: false })).toStrictEqual(part);
    expect(unmarked(part)).toBe(part);
  });
});
