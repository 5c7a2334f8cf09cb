import { describe, expect, it } from '@jest/globals';
import { refuseCacheMark } from '../../../providers/google/cache-mark.ts';

describe('refuseCacheMark', () => {
  it.each([true, { ttl: '5m' }, { ttl: '1h' }] as const)(
    'should refuse %j and say what there is instead',
    (cacheControl) => {
      const refuse = () => refuseCacheMark({ cacheControl });
      expect(refuse).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'google' }));
      expect(refuse).toThrow('callParams.cachedContent');
    },
  );

  it.each([{}, { cacheControl: false }])('should take %j', (part) => {
    expect(() => refuseCacheMark(part)).not.toThrow();
  });
});
