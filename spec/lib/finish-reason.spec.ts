import { describe, expect, it } from '@jest/globals';
import { finishReasonOfTurn, type CommonFinishReason } from '../../lib/finish-reason.ts';

describe('finishReasonOfTurn', () => {
  const called = { calledTools: true, answersByTool: false };
  const silent = { calledTools: false, answersByTool: false };
  const answered = { calledTools: false, answersByTool: true };
  const both = { calledTools: true, answersByTool: true };

  it('should say tool_calls for a turn that called tools where the provider says stop', () => {
    expect(finishReasonOfTurn('stop', called)).toBe('tool_calls');
    expect(finishReasonOfTurn('stop', both)).toBe('tool_calls');
    expect(finishReasonOfTurn('stop', silent)).toBe('stop');
  });

  it('should say stop for a turn whose only call stands for the answer', () => {
    expect(finishReasonOfTurn('tool_calls', answered)).toBe('stop');
    expect(finishReasonOfTurn('tool_calls', both)).toBe('tool_calls');
  });

  it.each<CommonFinishReason>(['length', 'content_filter', 'error', 'other'])(
    'should leave %s as it is',
    (reason) => {
      const reasons = [called, silent, answered, both].map((turn) =>
        finishReasonOfTurn(reason, turn),
      );
      expect(new Set(reasons)).toEqual(new Set([reason]));
    },
  );

  it('should leave tool_calls as it is where no call stands for the answer', () => {
    expect(finishReasonOfTurn('tool_calls', called)).toBe('tool_calls');
    expect(finishReasonOfTurn('tool_calls', silent)).toBe('tool_calls');
  });
});
