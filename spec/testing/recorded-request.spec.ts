import { describe, expect, it } from '@jest/globals';
import { map, switchMap, take } from 'rxjs';
import { z } from 'zod';
import { tool } from 'rx-llm';
import { takeUntilContains } from 'rx-llm/operators';
import {
  contents,
  cut,
  fail,
  finish,
  scriptedProvider,
  stall,
  text,
  wait,
  type ScriptedProvider,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const greet = (llm: ScriptedProvider) => llm.call('any-model', (name: string) => `Greet ${name}`);

describe('the requests of a scripted provider', () => {
  it('should hold what was sent', () => {
    const llm = scriptedProvider([stall()]);
    const [weather, clock] = ['get_weather', 'get_time'].map((name) =>
      tool({ name, parameters: z.object({}) }),
    );
    const ask = llm.call(
      { model: 'some-model', tools: [weather!, clock!], callParams: { temperature: 0 } },
      (city: string) => [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: city }] },
      ],
    );
    ask('Oslo').subscribe().unsubscribe();
    expect(llm.requests).toMatchObject([
      {
        model: 'some-model',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'text', text: 'Oslo' }] },
        ],
        tools: ['get_weather', 'get_time'],
        params: { temperature: 0 },
      },
    ]);
  });

  it('should be open until the script ends, then finished', () => {
    inVirtualTime(({ flush, expectObservable, cold }) => {
      const llm = scriptedProvider(['He', wait(30), 'llo']);
      greet(llm)('Ada').subscribe();
      const states = cold('a 19ms b 19ms (c|)').pipe(map(() => ({ ...llm.requests[0] })));
      expectObservable(states.pipe(map(({ state }) => state))).toBe('a 19ms b 19ms (c|)', {
        a: 'open',
        b: 'open',
        c: 'finished',
      });
      flush();
      expect(llm.requests).toMatchObject([{ state: 'finished', openedAt: 0, closedAt: 30 }]);
    });
  });

  it('should be failed when the script fails or cuts it', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider((_, position) =>
        position === 0 ? [wait(5), fail({ code: 'server' })] : ['Hel', wait(7), cut()],
      );
      const states: unknown[] = [];
      const noteState = (): void => void states.push(llm.requests.map(({ state }) => state));
      greet(llm)('Ada').subscribe({ error: noteState });
      greet(llm)('Bob').subscribe({ error: noteState });
      flush();
      expect(states).toEqual([
        ['failed', 'open'],
        ['failed', 'failed'],
      ]);
      expect(llm.requests.map(({ closedAt }) => closedAt)).toEqual([5, 7]);
    });
  });

  it('should be unsubscribed when the caller’s signal aborts', () => {
    const controller = new AbortController();
    const llm = scriptedProvider([stall()]);
    const ask = llm.call({ model: 'any-model', signal: controller.signal }, () => 'Hi');
    const errors: unknown[] = [];
    ask().subscribe({ error: (error: unknown) => errors.push(error) });
    expect(llm.requests[0]?.state).toBe('open');
    controller.abort();
    expect(errors).toMatchObject([{ code: 'aborted' }]);
    expect(llm.requests[0]?.state).toBe('unsubscribed');
  });

  it('should be closed when the end reaches whoever subscribed', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider('Hello');
      let state: string | undefined;
      greet(llm)('Ada').subscribe({ complete: () => (state = llm.requests[0]?.state) });
      flush();
      expect(state).toBe('finished');
    });
  });

  it('should say that switchMap cancelled the first call, and when', () => {
    inVirtualTime(({ hot, expectObservable, flush }) => {
      const llm = scriptedProvider(['Hel', wait(5), 'lo']);
      const names = hot('a-b|', { a: 'Ada', b: 'Bob' });
      const answers = names.pipe(switchMap(greet(llm)), contents());
      expectObservable(answers).toBe('x-x----(ye|)', { x: 'Hel', y: 'lo', e: '' });
      flush();
      expect(llm.requests).toMatchObject([
        { messages: [{ content: 'Greet Ada' }], state: 'unsubscribed', openedAt: 0, closedAt: 2 },
        { messages: [{ content: 'Greet Bob' }], state: 'finished', openedAt: 2, closedAt: 7 },
      ]);
    });
  });

  it('should be unsubscribed in a stall, before the first event, and stopped by an operator', () => {
    inVirtualTime(({ flush, expectObservable }) => {
      const llm = scriptedProvider((_, position) =>
        position === 0 ? [stall()] : position === 1 ? [wait(50), 'late'] : 'one END two',
      );
      const ask = greet(llm);
      expectObservable(ask('Ada'), '5ms !').toBe('');
      expectObservable(ask('Bob'), '5ms !').toBe('');
      expectObservable(ask('Eve').pipe(takeUntilContains('END'), contents())).toBe('(ab|)', {
        a: 'one',
        b: ' END',
      });
      flush();
      expect(llm.requests.map(({ state, closedAt }) => [state, closedAt])).toEqual([
        ['unsubscribed', 5],
        ['unsubscribed', 5],
        ['unsubscribed', 0],
      ]);
    });
  });

  it('should be finished, not unsubscribed, once the finish reason was given', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider([text('Hello'), finish(), stall()]);
      greet(llm)('Ada').pipe(take(2)).subscribe();
      greet(llm)('Ada').subscribe();
      flush();
      expect(llm.requests.map(({ state, closedAt }) => [state, closedAt])).toEqual([
        ['finished', 0],
        ['finished', 1000],
      ]);
    });
  });

  it('should emit nothing after it was unsubscribed from', () => {
    inVirtualTime(({ flush }) => {
      const texts: string[] = [];
      const llm = scriptedProvider('one two three');
      const subscription = greet(llm)('Ada')
        .pipe(contents())
        .subscribe((content) => {
          texts.push(content);
          if (texts.length === 2) subscription.unsubscribe();
        });
      flush();
      expect(texts).toEqual(['one', ' two']);
    });
  });
});
