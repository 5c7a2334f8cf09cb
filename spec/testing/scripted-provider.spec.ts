import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  asyncScheduler,
  concatMap,
  EMPTY,
  from,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  switchMap,
  take,
  VirtualTimeScheduler,
  type Observable,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { z } from 'zod';
import {
  call,
  tool,
  type Call,
  type Chunk,
  type Provider,
  type StreamError,
  type Wire,
} from 'rx-llm';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import {
  contents,
  finish,
  scriptedProvider,
  stall,
  toolCall,
  toolCallPieces,
  wait,
  type ScriptedProvider,
  type ScriptedRequest,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});
const clock = tool({
  name: 'get_time',
  parameters: z.object({ zone: z.number() }),
  execute: ({ zone }) => 12 + zone,
});

const greet = (llm: ScriptedProvider) => llm.call('any-model', (name: string) => `Greet ${name}`);

function errorOf(source: Observable<unknown>): StreamError {
  let error: unknown;
  source.subscribe({ error: (failure: unknown) => (error = failure) });
  return error as StreamError;
}

describe('scriptedProvider', () => {
  it('should do nothing before it is subscribed to', () => {
    let prompts = 0;
    const llm = scriptedProvider(() => {
      throw new Error('not yet');
    });
    void llm.call('any-model', () => `${prompts++}`)();
    expect(llm.requests).toEqual([]);
    expect(prompts).toBe(0);
  });

  it('should emit nothing while it is being subscribed to', () => {
    inVirtualTime(({ flush }) => {
      const texts: string[] = [];
      greet(scriptedProvider('Hello'))('Ada')
        .pipe(contents())
        .subscribe((content) => texts.push(content));
      expect(texts).toEqual([]);
      flush();
      expect(texts).toEqual(['Hello', '']);
    });
  });

  it('should work in real time', async () => {
    const llm = scriptedProvider(['Hello', wait(1), ' Ada']);
    const ask = llm.call('any-model', (name: string) => Promise.resolve(`Greet ${name}`));
    const answer = ask('Ada').pipe(toCallResponse());
    const response = await lastValueFrom(answer, { defaultValue: null });
    expect(response?.content).toBe('Hello Ada');
    expect(llm.requests[0]?.messages).toEqual([{ role: 'user', content: 'Greet Ada' }]);
  });

  it('should answer each request as the script function says', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const asked: [ScriptedRequest, number][] = [];
      const llm = scriptedProvider((request, position) => {
        asked.push([request, position]);
        return [`${position}: ${JSON.stringify(request.messages[0]?.content)}`];
      });
      const ask = greet(llm);
      const answers = from(['Ada', 'Bob']).pipe(
        concatMap((name) => ask(name)),
        contents(),
      );
      expectObservable(answers).toBe('(aebe|)', {
        a: '0: "Greet Ada"',
        b: '1: "Greet Bob"',
        e: '',
      });
      flush();
      expect(asked).toEqual(llm.requests.map((request, position) => [request, position]));
    });
  });

  it('should be a new request, played from the start, for every subscription', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const llm = scriptedProvider(['He', wait(2), 'llo']);
      const source = greet(llm)('Ada').pipe(contents());
      expectObservable(source).toBe('a-(be|)', { a: 'He', b: 'llo', e: '' });
      expectObservable(source, '-^').toBe('-a-(be|)', { a: 'He', b: 'llo', e: '' });
      flush();
      expect(llm.requests).toHaveLength(2);
      expect(llm.requests.map(({ openedAt }) => openedAt)).toEqual([0, 1]);
    });
  });

  it('should space the events by an interval', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider('one two', { interval: 10 });
      expectObservable(greet(llm)('Ada').pipe(contents())).toBe('10ms a 9ms b 9ms (e|)', {
        a: 'one',
        b: ' two',
        e: '',
      });
    });
  });

  it('should refuse an interval that is no time', () => {
    expect(() => scriptedProvider('Hello', { interval: -1 })).toThrow('[scripted] interval');
    expect(() => scriptedProvider('Hello', { interval: NaN })).toThrow(RangeError);
  });

  it('should refuse a call without a model, as every provider does', () => {
    expect(() => scriptedProvider('Hello').call('', () => 'Hi')).toThrow('needs a model');
  });

  it('should tell what a script function throws as the cause, never retryable', () => {
    const cause = new TypeError('expected another model');
    const llm = scriptedProvider(() => {
      throw cause;
    });
    const error = errorOf(greet(llm)('Ada'));
    expect(error).toMatchObject({ code: 'provider', retryable: false });
    expect(error.message).toBe('[scripted] The script of request 0 threw; see the cause.');
    expect(error.cause).toBe(cause);
    expect(llm.requests[0]?.state).toBe('failed');
  });

  it('should say so when there is no script for a request', () => {
    const scripts = ['Hello'];
    const llm = scriptedProvider((_, position) => scripts[position + 1]!);
    const error = errorOf(greet(llm)('Ada'));
    expect(String(error.cause)).toContain(
      'a list of steps or an Observable of events, not undefined',
    );
  });

  it('should go by the name it is given', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider('Hello', { name: 'openai' });
      const provider = greet(llm)('Ada').pipe(
        toCallResponse(),
        map((response) => response.provider),
      );
      expectObservable(provider).toBe('(p|)', { p: 'openai' });
    });
  });
});

describe('the clock of a scripted provider', () => {
  it('should be virtual inside run, without any option', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider([wait(60_000), 'Hello']);
      const times = greet(llm)('Ada').pipe(
        toCallResponse(),
        map(({ startTime, endTime, timeToFirstChunk }) => [startTime, endTime, timeToFirstChunk]),
      );
      expectObservable(times, '7ms ^').toBe('60007ms (t|)', { t: [7, 60_007, 60_000] });
    });
  });

  it('should be the one given to the provider, for script and call alike', () => {
    const scheduler = new VirtualTimeScheduler();
    const llm = scriptedProvider([wait(60_000), 'Hello', finish(), stall()], { scheduler });
    const times: unknown[] = [];
    greet(llm)('Ada')
      .pipe(toCallResponse())
      .subscribe(({ startTime, endTime }) => times.push(startTime, endTime, scheduler.now()));
    scheduler.flush();
    expect(times).toEqual([0, 60_000, 61_000]);
    expect(llm.requests[0]?.closedAt).toBe(61_000);
  });

  it('should be the one given to the call before that of the provider', () => {
    const scheduler = new TestScheduler(() => undefined);
    const llm = scriptedProvider([wait(60_000), 'Hello'], { scheduler: asyncScheduler });
    const ask = llm.call({ model: 'any-model', scheduler }, () => 'Hi');
    const times: unknown[] = [];
    ask()
      .pipe(toCallResponse())
      .subscribe(({ startTime, endTime }) => times.push(startTime, endTime));
    scheduler.maxFrames = Infinity;
    scheduler.flush();
    expect(times).toEqual([0, 60_000]);
  });

  it('should serve a prompt that is a chain of calls', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider((_, position) =>
        position === 0 ? [wait(5), 'Sanderson'] : [wait(5), 'Mistborn'],
      );
      const author = llm.call('any-model', (genre: string) => `Best ${genre} author?`);
      const book = llm.call('any-model', (genre: string) =>
        author(genre).pipe(
          toCallResponse(),
          map(({ content }) => `Best book of ${content}?`),
        ),
      );
      const answer = book('fantasy').pipe(
        toCallResponse(),
        map(({ content, messages }) => [content, messages[0]?.content]),
      );
      expectObservable(answer).toBe('10ms (a|)', { a: ['Mistborn', 'Best book of Sanderson?'] });
    });
  });
});

describe('a stream of a scripted provider', () => {
  it('should be interrupted when it is left early', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider('one two three');
      const response = greet(llm)('Ada').pipe(
        take(2),
        toCallResponse(),
        map(({ content, interrupted }) => ({ content, interrupted })),
      );
      expectObservable(response).toBe('(r|)', { r: { content: 'one two', interrupted: true } });
    });
  });

  it('should accumulate', () => {
    inVirtualTime(({ expectObservable }) => {
      const llm = scriptedProvider(['He', wait(1), 'llo']);
      expectObservable(greet(llm)('Ada').pipe(accumulate(), contents())).toBe('a(bb|)', {
        a: 'He',
        b: 'Hello',
      });
    });
  });

  it('should run a tool and go on with the next turn', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const llm = scriptedProvider(({ messages }) =>
        messages.some(({ role }) => role === 'tool')
          ? 'It is sunny.'
          : [...toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } })],
      );
      const ask = llm.call({ model: 'any-model', tools: [weather] }, () => 'Weather in Oslo?');
      const answer = ask().pipe(
        toCallResponse(),
        mergeMap((turn) => {
          const called = turn.tool;
          if (!called || called.error) return EMPTY;
          return called
            .call()
            .pipe(
              mergeMap((output) =>
                llm.call('any-model', () => [
                  ...turn.messages,
                  turn.messageParam,
                  ...turn.toolMessageParams([[called, output]]),
                ])(),
              ),
            );
        }),
        toCallResponse(),
        contents(),
      );
      expectObservable(answer).toBe('(a|)', { a: 'It is sunny.' });
      flush();
      expect(llm.requests[1]?.messages.map(({ role }) => role)).toEqual([
        'user',
        'assistant',
        'tool',
      ]);
      expect(llm.requests[1]?.messages[2]).toMatchObject({
        content: [{ output: 'Sunny in Oslo' }],
      });
    });
  });

  it('should share nothing between two streams at a time', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider([wait(2), toolCall({ name: 'ping' })]);
      const ask = llm.call('any-model', () => 'Hi');
      const ids: unknown[] = [];
      merge(ask(), ask()).subscribe(([, called]) => ids.push(called?.id ?? null));
      flush();
      expect(ids).toEqual(['call_0_0', null, 'call_1_0', null]);
      expect(llm.requests.map(({ state }) => state)).toEqual(['finished', 'finished']);
    });
  });
});

describe('the types of a scripted provider', () => {
  it('should infer the arguments of the call and of its tools', () => {
    const llm = scriptedProvider([toolCall({ name: 'get_weather', args: { city: 'Oslo' } })]);
    const ask = llm.call({ model: 'any-model', tools: [weather, clock] }, (day: Date) =>
      day.toISOString(),
    );
    expectTypeOf(ask).parameters.toEqualTypeOf<[Date]>();
    void ask(new Date(0)).pipe(
      map(([chunk, called]) => {
        expectTypeOf(chunk.content).toEqualTypeOf<string>();
        if (!called || called.error) return;
        if (called.name === 'get_weather')
          expectTypeOf(called.args).toEqualTypeOf<{ city: string }>();
        else expectTypeOf(called.args).toEqualTypeOf<{ zone: number }>();
        // @ts-expect-error no such tool
        if (called.name === 'get_price') return;
      }),
    );
    // @ts-expect-error the prompt takes a Date
    void ask('today');
    // @ts-expect-error not an option
    llm.call({ model: 'any-model', temperature: 0 }, () => 'Hi');
  });

  it('should be a provider like any other', () => {
    const llm = scriptedProvider('Hello');
    expectTypeOf(llm.provider).toExtend<Provider>();
    expectTypeOf(greet(llm)).toExtend<Call<[name: string], Wire>>();
    expectTypeOf(greet(llm)('Ada')).toExtend<Observable<[Chunk, unknown]>>();
  });

  it('should serve code that takes any provider', () => {
    const greetings = (provider: Provider, names: Observable<string>): Observable<string> =>
      names.pipe(
        switchMap(call(provider, 'some-model', (name: string) => `Greet ${name}`)),
        contents(),
      );
    inVirtualTime(({ hot, expectObservable, flush }) => {
      const llm = scriptedProvider([wait(3), 'Hello']);
      const names = hot('-a-b', { a: 'Ada', b: 'Bob' });
      expectObservable(greetings(llm.provider, names)).toBe('------(ae)', { a: 'Hello', e: '' });
      flush();
      expect(llm.requests).toMatchObject([
        { messages: [{ content: 'Greet Ada' }], state: 'unsubscribed', closedAt: 3 },
        { messages: [{ content: 'Greet Bob' }], state: 'finished' },
      ]);
    });
  });
});
