import { describe, expect, it } from '@jest/globals';
import { StreamError } from '../../lib/stream-error.ts';
import { unsupported } from '../../lib/unsupported.ts';

describe('unsupported', () => {
  it('should say who does not take what, and what to do instead', () => {
    const error = unsupported('acme', 'audio', 'send a transcript');
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'unsupported', provider: 'acme', retryable: false });
    expect(error.message).toBe('[acme] This API does not take audio; send a transcript.');
  });
});
