import { describe, expect, it } from '@jest/globals';
import type { CacheControl } from 'rx-llm';
import { encodeCachePoint } from '../../../providers/bedrock/cache-point.ts';

describe('encodeCachePoint', () => {
  it.each<[CacheControl | undefined, readonly object[]]>([
    [true, [{ cachePoint: { type: 'default' } }]],
    [{ ttl: '5m' }, [{ cachePoint: { type: 'default', ttl: '5m' } }]],
    [{ ttl: '1h' }, [{ cachePoint: { type: 'default', ttl: '1h' } }]],
    [false, []],
    [undefined, []],
  ])('should make of %j %j', (cacheControl, blocks) => {
    expect(encodeCachePoint(cacheControl)).toStrictEqual(blocks);
  });
});
