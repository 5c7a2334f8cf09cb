import { describe, expect, it } from '@jest/globals';
import type { CacheControl } from 'rx-llm';
import { encodeCacheControl } from '../../../providers/anthropic/cache-control.ts';

describe('encodeCacheControl', () => {
  it.each<[CacheControl | undefined, object]>([
    [true, { cache_control: { type: 'ephemeral' } }],
    [{ ttl: '5m' }, { cache_control: { type: 'ephemeral', ttl: '5m' } }],
    [{ ttl: '1h' }, { cache_control: { type: 'ephemeral', ttl: '1h' } }],
    [false, {}],
    [undefined, {}],
  ])('should make of %j %j', (cacheControl, mark) => {
    expect(encodeCacheControl(cacheControl)).toStrictEqual(mark);
  });
});
