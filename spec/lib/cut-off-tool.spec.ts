import { describe, expect, it } from '@jest/globals';
import type { CallContext } from 'rx-llm';
import { cutOffTool } from '../../lib/cut-off-tool.ts';
import { outcomeOf } from '../support/outcome.ts';

describe('cutOffTool', () => {
  const context = {
    provider: { name: 'acme', toolCall: ({ name }: { name: string }) => ({ called: name }) },
  } as unknown as CallContext;
  const call = { index: 1, id: 'call_2', name: 'pay', arguments: '{"amount":100' };

  it('should show what arrived and say that it must not run', () => {
    expect(cutOffTool(context, call)).toMatchObject({
      name: 'pay',
      id: 'call_2',
      index: 1,
      args: null,
      argumentsText: '{"amount":100',
      toolCall: { called: 'pay' },
      error: { code: 'invalid-tool-arguments', provider: 'acme' },
    });
  });

  it('should refuse to run', async () => {
    const tool = cutOffTool(context, call);
    expect((await outcomeOf(tool.call())).error).toBe(tool.error);
  });
});
