import { describe, expect, it } from '@jest/globals';
import { StreamError } from 'rx-llm';
import { unsupported } from '../../../providers/chat-completions/unsupported.ts';

describe('unsupported', () => {
  it('should say what is not taken, by whom, and what to do', () => {
    const error = unsupported('acme', 'audio', 'send what is said as text');
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'unsupported', provider: 'acme', retryable: false });
    expect(error.message).toBe('[acme] This API does not take audio; send what is said as text.');
  });
});
