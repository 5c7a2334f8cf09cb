import { describe, expect, it } from '@jest/globals';
import { of, Subject, throwError } from 'rxjs';
import { StreamError, tool, type Tool, type ToolDefinition } from 'rx-llm';
import { toolCall, tupleOf, type ScriptedWire } from 'rx-llm/testing';
import { toolOutput, type ToolPolicy } from '../../../operators/steps/tool-output.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

type AnyTool = Tool<ToolDefinition, ScriptedWire>;

/** A call of a tool that does this. */
const calling = (execute: () => unknown): AnyTool => {
  const definition = tool({ name: 'act', parameters: { type: 'object' }, execute });
  return tupleOf(toolCall({ name: 'act' }), { tools: [definition] })[1] as unknown as AnyTool;
};

const invalid = tupleOf(toolCall({ name: 'fly' }))[1] as unknown as AnyTool;

const outputOf = async (called: AnyTool, policy: ToolPolicy<ScriptedWire> = {}) =>
  outcomeOf(toolOutput('scripted', called, policy));

describe('toolOutput', () => {
  it('should run a call when it is subscribed to, each time anew', async () => {
    let runs = 0;
    const output = toolOutput(
      'scripted',
      calling(() => ++runs),
      {},
    );
    expect(runs).toBe(0);
    expect((await outcomeOf(output)).values).toEqual([1]);
    expect((await outcomeOf(output)).values).toEqual([2]);
  });

  it('should give the last value of several', async () => {
    expect((await outputOf(calling(() => of(1, 2, 3)))).values).toEqual([3]);
  });

  it('should give what failed as an error, or error with it', async () => {
    const failure = new Error('no');
    const failing = calling(() => throwError(() => failure));
    expect((await outputOf(failing)).values).toEqual([failure]);
    const { error } = await outputOf(failing, { onFailure: 'error' });
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'tool-execution', cause: failure, provider: 'scripted' });
  });

  it('should fail for itself where the failure is that of another stream', async () => {
    const failure = new StreamError('other', { code: 'rate-limit', message: 'Busy' });
    const { error } = await outputOf(
      calling(() => throwError(() => failure)),
      {
        onFailure: 'error',
      },
    );
    expect(error).toMatchObject({ code: 'tool-execution', provider: 'scripted', cause: failure });
    expect((error as StreamError).partial).toBeNull();
  });

  it('should error when the answer to an unknown call fails', async () => {
    const onUnknown = () => {
      throw new Error('mine');
    };
    expect((await outputOf(invalid, { onUnknown })).error).toMatchObject({
      code: 'tool-execution',
      cause: new Error('mine'),
    });
  });

  it('should not ask for the approval of what must not run', async () => {
    let asked = 0;
    const approve = () => ++asked > 0;
    expect((await outputOf(invalid, { approve })).values).toEqual([invalid.error]);
    expect(asked).toBe(0);
  });

  it('should wait for an approval before it runs', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const result = cold('--r|');
      const approval = cold('---a', { a: true });
      const called = calling(() => result);
      expectObservable(toolOutput('scripted', called, { approve: () => approval })).toBe(
        '------(r|)',
      );
      expectSubscriptions(approval.subscriptions).toBe('^--!');
      expectSubscriptions(result.subscriptions).toBe('---^--!');
      flush();
    });
  });

  it('should abort the tool when it is unsubscribed from', () => {
    const signals: AbortSignal[] = [];
    const definition = tool({
      name: 'act',
      parameters: { type: 'object' },
      execute: (_args: unknown, { signal }) => {
        signals.push(signal);
        return new Subject<string>();
      },
    });
    const called = tupleOf(toolCall({ name: 'act' }), { tools: [definition] })[1];
    const subscription = toolOutput('scripted', called as unknown as AnyTool, {}).subscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
