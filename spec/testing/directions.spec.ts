import { describe, expect, it } from '@jest/globals';
import { catchError, map, of, retry, timeout, timer } from 'rxjs';
import type { StreamError } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import {
  contents,
  cut,
  fail,
  finish,
  scriptedProvider,
  stall,
  streamOf,
  text,
  usage,
  wait,
  type Script,
  type ScriptedFailure,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

/** What the stream of a script fails with. */
function errorOf(script: Script): StreamError {
  let error: unknown;
  inVirtualTime(({ flush }) => {
    streamOf(script).subscribe({ error: (failure: unknown) => (error = failure) });
    flush();
  });
  return error as StreamError;
}

describe('wait', () => {
  it('should let time pass between events', () => {
    inVirtualTime(({ expectObservable }) => {
      const source = streamOf([wait(2), 'He', wait(3), 'llo', finish(), wait(20), usage({})]);
      expectObservable(source.pipe(contents())).toBe('--a--(be) 16ms (e|)', {
        a: 'He',
        b: 'llo',
        e: '',
      });
    });
  });

  it('should let the usage wait end a stream that dawdles after its finish', () => {
    inVirtualTime(({ expectObservable }) => {
      const source = streamOf(['He', finish(), wait(5000), usage({ outputTokens: 1 })]);
      expectObservable(source.pipe(contents())).toBe('(ae) 996ms |', { a: 'He', e: '' });
    });
  });

  it('should refuse what is no time', () => {
    expect(() => wait(-1)).toThrow('wait(20)');
    expect(() => wait(NaN)).toThrow(RangeError);
    expect(() => wait(Infinity)).toThrow('stall()');
  });
});

describe('fail', () => {
  const busy: ScriptedFailure = { code: 'rate-limit', status: 429, retryAfter: 2000 };

  it('should fail before the first event, with everything it is given', () => {
    const cause = new Error('the SDK’s own');
    const error = errorOf([
      fail({ ...busy, message: 'Slow down', requestId: 'req_1', providerCode: 'tpm', cause }),
    ]);
    expect(error).toMatchObject({
      code: 'rate-limit',
      provider: 'scripted',
      detail: 'Slow down',
      status: 429,
      retryAfter: 2000,
      retryable: true,
      requestId: 'req_1',
      providerCode: 'tpm',
      partial: null,
    });
    expect(error.cause).toBe(cause);
  });

  it('should fail in mid-stream with what had arrived', () => {
    const error = errorOf(['Once ', 'upon', fail({ code: 'server' }), 'never']);
    expect(error).toMatchObject({ code: 'server', detail: 'The script says so' });
    expect(error.partial).toMatchObject({ content: 'Once upon', interrupted: true });
  });

  it('should be retried after retryAfter, in virtual time', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider((_, position) => (position < 2 ? [fail(busy)] : 'At last'));
      const ask = llm.call('any-model', () => 'Hello?');
      const answer = ask().pipe(
        retry({ delay: ({ retryAfter }: StreamError) => timer(retryAfter ?? 0) }),
        contents(),
      );
      expectObservable(answer).toBe('4s (abc|)', { a: 'At', b: ' last', c: '' });
    });
  });
});

describe('cut', () => {
  it('should be an error with what had arrived', () => {
    const error = errorOf([text('Once upon'), cut()]);
    expect(error).toMatchObject({ code: 'truncated', retryable: true });
    expect(error.partial).toMatchObject({ content: 'Once upon', interrupted: true });
  });

  it('should be no error once the script has finished', () => {
    inVirtualTime(({ expectObservable }) => {
      const source = streamOf(['He', finish(), cut()]);
      expectObservable(source.pipe(contents())).toBe('(ae|)', { a: 'He', e: '' });
    });
  });

  it('should be an error when nothing came at all', () => {
    expect(errorOf([cut()])).toMatchObject({ code: 'truncated', partial: null });
  });
});

describe('stall', () => {
  it('should keep the stream open without a sign', () => {
    inVirtualTime(({ expectObservable }) => {
      expectObservable(streamOf(['He', stall(), 'llo']).pipe(contents())).toBe('a', { a: 'He' });
    });
  });

  it('should let a timeout in the pipe keep what had arrived', () => {
    inVirtualTime(({ expectObservable }) => {
      const answer = streamOf(['He', wait(10), 'llo', stall()]).pipe(
        timeout(100),
        toCallResponse(),
        catchError((error: unknown) => of((error as StreamError).partial!)),
        map(({ content, interrupted }) => ({ content, interrupted })),
      );
      expectObservable(answer).toBe('110ms (r|)', { r: { content: 'Hello', interrupted: true } });
    });
  });
});
