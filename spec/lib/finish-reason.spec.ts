import { describe, expect, it } from '@jest/globals';
import { finishReasonOfTurn, type CommonFinishReason } from '../../lib/finish-reason.ts';

describe('finishReasonOfTurn', () => {
  it('should say tool_calls for a turn that called tools where the provider says stop', () => {
    expect(finishReasonOfTurn('stop', true)).toBe('tool_calls');
    expect(finishReasonOfTurn('stop', false)).toBe('stop');
  });

  it.each<CommonFinishReason>(['length', 'tool_calls', 'content_filter', 'error', 'other'])(
    'should leave %s as it is',
    (reason) => {
      expect([true, false].map((called) => finishReasonOfTurn(reason, called))).toEqual([
        reason,
        reason,
      ]);
    },
  );
});
