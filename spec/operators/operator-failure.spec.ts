import { describe, expect, it } from '@jest/globals';
import { TimeoutError } from 'rxjs';
import { StreamError } from 'rx-llm';
import { tupleOf, type ScriptedWire } from 'rx-llm/testing';
import { accumulateTuple } from '../../lib/accumulation.ts';
import { interruptedSnapshotOf } from '../../lib/snapshot.ts';
import { operatorFailure, withArrived } from '../../operators/operator-failure.ts';

const arrived = accumulateTuple<ScriptedWire, never>(null, tupleOf('Hello'));
const ofCall = new StreamError('scripted', { code: 'rate-limit', message: 'Busy' });

describe('operatorFailure', () => {
  it('should be the cause of an error that carries what had arrived', () => {
    const fault = new Error('my own');
    const failure = operatorFailure(fault, arrived);
    expect(failure).toBeInstanceOf(StreamError);
    expect(failure).toMatchObject({ code: 'operator', provider: 'scripted', cause: fault });
    expect(failure.partial).toMatchObject({ content: 'Hello', interrupted: true });
  });

  it('should be an error also when nothing had arrived, or nobody keeps it', () => {
    expect(operatorFailure('text', null)).toMatchObject({
      code: 'operator',
      provider: null,
      partial: null,
      cause: 'text',
    });
  });

  it('should know a timeout of RxJS', () => {
    expect(operatorFailure(new TimeoutError(), arrived)).toMatchObject({
      code: 'timeout',
      retryable: true,
      partial: { content: 'Hello' },
    });
  });

  it('should leave the errors of a call as they are, and complete those of an operator', () => {
    expect(operatorFailure(ofCall, arrived)).toBe(ofCall);
    const unaware = operatorFailure(new Error('my own'), null);
    const { code, cause, partial } = operatorFailure(unaware, arrived);
    expect([code, cause, partial?.content]).toEqual(['operator', unaware.cause, 'Hello']);
  });
});

describe('withArrived', () => {
  it('should give an error what had arrived, unless it has that of its own call', () => {
    const carrying = withArrived(ofCall, arrived);
    expect(carrying).toMatchObject({ code: 'rate-limit', partial: { content: 'Hello' } });
    expect(carrying.partial?.interrupted).toBe(true);
    const own = new StreamError(
      'scripted',
      { code: 'server', message: 'It failed' },
      { partial: interruptedSnapshotOf(arrived) },
    );
    const other = accumulateTuple<ScriptedWire, never>(null, tupleOf('Other'));
    expect(withArrived(own, other)).toBe(own);
    expect(withArrived(ofCall, null)).toBe(ofCall);
  });
});
