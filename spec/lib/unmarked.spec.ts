import { describe, expect, it } from '@jest/globals';
import { StreamError } from '../../lib/stream-error.ts';
import { unmarked } from '../../lib/unmarked.ts';

describe('unmarked', () => {
  it('should give a part that has no mark as it is', () => {
    const part = { type: 'text', text: 'Hi' };
    expect(unmarked('acme', part, 'wait')).toBe(part);
  });

  it('should leave out the word that there is none', () => {
    const part = { type: 'text', text: 'Hi', cacheControl: false };
    expect(unmarked('acme', part, 'wait')).toEqual({ type: 'text', text: 'Hi' });
  });

  it.each([true, { ttl: '1h' } as const])('should refuse the mark %j', (cacheControl) => {
    const refused = (): unknown =>
      unmarked('acme', { text: 'Hi', cacheControl }, 'it caches by itself');
    expect(refused).toThrow(StreamError);
    expect(refused).toThrow('[acme] This API does not take cacheControl; it caches by itself.');
  });
});
