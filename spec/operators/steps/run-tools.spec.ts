import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  defer,
  delay,
  EMPTY,
  finalize,
  map,
  NEVER,
  of,
  retry,
  take,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { StreamError, tool, type StreamTuple, type Tool } from 'rx-llm';
import { accumulate, runTools, toCallResponse } from 'rx-llm/operators';
import {
  contents,
  cut,
  fail,
  finish,
  scriptedProvider,
  stall,
  text,
  toolCall,
  usage,
  wait,
  type ScriptedEvent,
  type ScriptedWire,
  type Script,
} from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

const weather = tool({
  name: 'weather',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `${city}: 4 degrees`,
});
const weatherOf = (city: string): ScriptedEvent => toolCall({ name: 'weather', args: { city } });

/** A provider that answers the first request, the second, … with these scripts. */
const answering = (...scripts: readonly Script[]) =>
  scriptedProvider((_, position) => scripts[position] ?? 'No more.');

/** What the tools gave, as the request of that position tells the model. */
const resultsIn = (
  { requests }: ReturnType<typeof scriptedProvider>,
  position: number,
): readonly unknown[] =>
  requests[position]!.messages.flatMap((message) =>
    message.role === 'tool' ? message.content : [],
  );

describe('runTools', () => {
  it('should run the tools, tell their results and stream what comes next', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const llm = answering(
        [wait(2), text('Let me see. '), wait(1), weatherOf('Oslo')],
        [wait(3), text('4 degrees.')],
      );
      const slow = tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: ({ city }) => of(`${city}: 4 degrees`).pipe(delay(5)),
      });
      const ask = llm.call({ model: 'm', tools: [slow] }, () => 'Weather in Oslo?');
      // Events without a wait between them come at once: the call and its finish, the text and its end.
      expectObservable(ask().pipe(runTools(), contents())).toBe('--a(bb) 4ms (cd|)', {
        a: 'Let me see. ',
        b: '',
        c: '4 degrees.',
        d: '',
      });
      flush();
      expect(llm.requests.map(({ messages }) => messages)).toEqual([
        [{ role: 'user', content: 'Weather in Oslo?' }],
        [
          { role: 'user', content: 'Weather in Oslo?' },
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'Let me see. ' },
              { type: 'tool_call', id: 'call_0_0', name: 'weather', args: { city: 'Oslo' } },
            ],
          },
          {
            role: 'tool',
            content: [
              { type: 'tool_result', id: 'call_0_0', name: 'weather', output: 'Oslo: 4 degrees' },
            ],
          },
        ],
      ]);
    });
  });

  it('should mirror a stream that calls no tools', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<StreamTuple<ScriptedWire>>('-#', {}, new Error('mine'));
      expectObservable(source.pipe(runTools())).toBe('-#', {}, new Error('mine'));
      const empty = cold<StreamTuple<ScriptedWire>>('-|');
      expectObservable(empty.pipe(runTools())).toBe('-|');
      const never = cold<StreamTuple<ScriptedWire>>('-');
      expectObservable(never.pipe(runTools()), '--!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^!');
      expectSubscriptions(empty.subscriptions).toBe('^!');
      expectSubscriptions(never.subscriptions).toBe('^-!');
    });
  });

  it('should give the last step as the response, with the earlier ones and the sums', async () => {
    const llm = answering(
      [weatherOf('Oslo'), finish('tool_calls'), usage({ inputTokens: 10, outputTokens: 2 })],
      [weatherOf('Lima'), finish('tool_calls'), usage({ inputTokens: 20, outputTokens: 3 })],
      [text('Lima.'), finish(), usage({ inputTokens: 30, outputTokens: 4, cachedTokens: 5 })],
    );
    const prices = ({ usage: { inputTokens } }: { usage: { inputTokens: number | null } }) => ({
      total: inputTokens ?? 0,
      input: 0,
      output: 0,
      currency: 'USD',
      provider: 'p',
      model: 'm',
      source: 's',
      pricesDate: null,
    });
    const ask = llm.call({ model: 'm', tools: [weather], prices }, () => 'Which is warmer?');
    const { values } = await outcomeOf(ask().pipe(runTools(), toCallResponse()));
    const [response] = values;
    expect(response).toMatchObject({ content: 'Lima.', interrupted: false, inputTokens: 30 });
    expect(response!.steps.map(({ tools }) => tools[0]!.args)).toEqual([
      { city: 'Oslo' },
      { city: 'Lima' },
    ]);
    expect(response!.steps.map(({ steps }) => steps.length)).toEqual([0, 1]);
    expect(response!.steps.every(({ interrupted }) => !interrupted)).toBe(true);
    // Who does not count cached tokens does not know them.
    expect(response!.totalUsage).toMatchObject({
      inputTokens: 60,
      outputTokens: 9,
      cachedTokens: null,
    });
    expect([response!.cost, response!.totalCost]).toEqual([30, 60]);
    expect(response!.messages).toHaveLength(5);
  });

  it('should tell the chunks of a step what the tools before it gave', async () => {
    const llm = answering([weatherOf('Oslo')], 'Cold.');
    const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
    const { values } = await outcomeOf(ask().pipe(runTools()));
    const outputs = values.map(([chunk]) => chunk.call.toolOutputs.map(([, output]) => output));
    expect(outputs[0]).toEqual([]);
    expect(outputs.at(-1)).toEqual(['Oslo: 4 degrees']);
  });

  it.each([
    [Infinity, 3],
    [2, 2],
  ])(
    'should run calls side by side, at most %d, and give results in order',
    (concurrency, most) => {
      inVirtualTime(({ expectObservable, flush }) => {
        const duration: Readonly<Record<string, number>> = { Oslo: 9, Lima: 2, Rome: 5 };
        const running = { now: 0, most: 0 };
        const slow = tool({
          name: 'weather',
          parameters: z.object({ city: z.string() }),
          execute: ({ city }) =>
            defer(() => {
              running.most = Math.max(running.most, ++running.now);
              return timer(duration[city]!).pipe(
                map(() => city),
                finalize(() => running.now--),
              );
            }),
        });
        const llm = answering([weatherOf('Oslo'), weatherOf('Lima'), weatherOf('Rome')], 'Done.');
        const ask = llm.call({ model: 'm', tools: [slow] }, () => 'Hello');
        const stream = ask().pipe(runTools({ concurrency }), contents());
        expectObservable(stream).toBe('(aaaa)---(bc|)', { a: '', b: 'Done.', c: '' });
        flush();
        expect(running.most).toBe(most);
        expect(resultsIn(llm, 1)).toMatchObject([
          { output: 'Oslo' },
          { output: 'Lima' },
          { output: 'Rome' },
        ]);
      });
    },
  );

  it('should take the last value of an Observable for the result, and an empty text for none', async () => {
    const progress = tool({
      name: 'progress',
      parameters: { type: 'object' },
      execute: () => of('10 %', '100 %', { done: true }),
    });
    const nothing = tool({ name: 'nothing', parameters: { type: 'object' }, execute: () => EMPTY });
    const llm = answering([toolCall({ name: 'progress' }), toolCall({ name: 'nothing' })]);
    const ask = llm.call({ model: 'm', tools: [progress, nothing] }, () => 'Hello');
    await outcomeOf(ask().pipe(runTools()));
    expect(resultsIn(llm, 1)).toMatchObject([{ output: { done: true } }, { output: '' }]);
  });

  describe('stops', () => {
    const forever = () => scriptedProvider(() => [weatherOf('Oslo')]);

    it('should error when the model calls tools for more steps than allowed', async () => {
      const llm = forever();
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(runTools({ maxSteps: 3 })));
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: 'step-limit', retryable: false });
      expect((error as StreamError).message).toMatch(/after 3 requests; raise maxSteps/);
      expect((error as StreamError).partial?.tools).toHaveLength(1);
      expect((error as StreamError).partial?.steps).toHaveLength(2);
      expect(llm.requests).toHaveLength(3);
    });

    it('should make 10 requests at most unless told otherwise', async () => {
      const llm = forever();
      await outcomeOf(
        llm
          .call({ model: 'm', tools: [weather] }, () => 'Hello')()
          .pipe(runTools()),
      );
      expect(llm.requests).toHaveLength(10);
    });

    it('should complete when it is told to stop, without running the calls of that turn', async () => {
      let runs = 0;
      const counted = tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: () => ++runs,
      });
      const llm = forever();
      const ask = llm.call({ model: 'm', tools: [counted] }, () => 'Hello');
      const stopWhen = ({ steps }: { readonly steps: readonly unknown[] }) => steps.length === 2;
      const { values, completed } = await outcomeOf(
        ask().pipe(runTools({ stopWhen }), toCallResponse()),
      );
      expect(completed).toBe(true);
      expect(values[0]).toMatchObject({ interrupted: false, commonFinishReasons: ['tool_calls'] });
      expect([runs, llm.requests.length]).toEqual([2, 3]);
    });

    it.each(['length', 'content_filter', 'error', 'other'] as const)(
      'should not run the calls of a turn that ended for %s',
      async (reason) => {
        let runs = 0;
        const counted = tool({
          name: 'weather',
          parameters: z.object({ city: z.string() }),
          execute: () => ++runs,
        });
        const llm = answering([weatherOf('Oslo'), finish(reason)]);
        const ask = llm.call({ model: 'm', tools: [counted] }, () => 'Hello');
        const { completed } = await outcomeOf(ask().pipe(runTools()));
        expect([completed, runs, llm.requests.length]).toEqual([true, 0, 1]);
      },
    );

    it('should not run the calls of a turn that failed or was ended early', async () => {
      let runs = 0;
      const counted = tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: () => ++runs,
      });
      const llm = answering([weatherOf('Oslo'), cut()], [weatherOf('Oslo'), stall()]);
      const ask = llm.call({ model: 'm', tools: [counted] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(runTools()));
      expect(error).toMatchObject({ code: 'truncated' });
      const { completed } = await outcomeOf(ask().pipe(take(1), runTools()));
      expect([completed, runs, llm.requests.length]).toEqual([true, 0, 2]);
    });

    it('should not run the calls of a turn whose end was dropped after it had come', async () => {
      for (const [script, enough] of [
        [[weatherOf('Oslo'), weatherOf('Lima')], 1],
        [[weatherOf('Oslo'), finish('content_filter')], 1],
        [[weatherOf('Oslo'), finish()], 1],
      ] as const) {
        let runs = 0;
        const counted = tool({
          name: 'weather',
          parameters: z.object({ city: z.string() }),
          execute: () => ++runs,
        });
        const llm = answering(script);
        const ask = llm.call({ model: 'm', tools: [counted] }, () => 'Hello');
        const slow = ask().pipe(delay(1), take(enough), runTools(), toCallResponse());
        const { values } = await outcomeOf(slow);
        expect(values[0]).toMatchObject({ interrupted: true });
        expect([runs, llm.requests.length]).toEqual([0, 1]);
      }
    });

    it('should run the calls of a turn whose tuples took their time', async () => {
      const llm = answering([weatherOf('Oslo'), finish(), usage({ inputTokens: 1 })], 'Cold.');
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const { values } = await outcomeOf(ask().pipe(delay(1), runTools(), toCallResponse()));
      expect(values[0]).toMatchObject({ content: 'Cold.', interrupted: false });
    });

    it('should error when it is asked in vain whether to stop', async () => {
      const llm = answering([text('Let me see.'), weatherOf('Oslo')]);
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const fault = new Error('my own');
      const stopWhen = (): never => {
        throw fault;
      };
      const { error } = await outcomeOf(ask().pipe(runTools({ stopWhen })));
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: 'operator', cause: fault, provider: 'scripted' });
      expect((error as StreamError).partial).toMatchObject({ content: 'Let me see.' });
      expect(llm.requests).toHaveLength(1);
    });

    it('should leave a turn that calls a tool which is answered elsewhere', async () => {
      const askUser = tool({ name: 'ask_user', parameters: { type: 'object' } });
      const llm = answering([weatherOf('Oslo'), toolCall({ name: 'ask_user' })]);
      const ask = llm.call({ model: 'm', tools: [weather, askUser] }, () => 'Hello');
      const { values, completed } = await outcomeOf(ask().pipe(runTools(), toCallResponse()));
      expect([completed, llm.requests.length]).toEqual([true, 1]);
      expect(values[0]!.tools).toHaveLength(2);
    });

    it('should not accept counts that are none', () => {
      for (const count of [0, -1, 1.5, NaN]) {
        expect(() => runTools({ maxSteps: count })).toThrow(RangeError);
        expect(() => runTools({ concurrency: count })).toThrow(
          /concurrency must be a whole number/,
        );
      }
      expect(() => runTools({ maxSteps: Infinity })).toThrow(RangeError);
    });
  });

  describe('reports failures to the model', () => {
    const failing = tool({
      name: 'failing',
      parameters: z.object({ how: z.string() }),
      execute: ({ how }): Observable<string> | Promise<string> => {
        if (how === 'rejects') return Promise.reject(new Error('rejected'));
        if (how === 'errors') return throwError(() => new Error('errored'));
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- not everybody throws errors
        if (how === 'throws a text') throw 'text';
        throw new Error('thrown');
      },
    });
    const failingBy = (how: string): ScriptedEvent => toolCall({ name: 'failing', args: { how } });

    it('should report a tool that throws, rejects or errors', async () => {
      const hows = ['throws', 'rejects', 'errors', 'throws a text'];
      const llm = answering(hows.map(failingBy), 'Sorry.');
      const ask = llm.call({ model: 'm', tools: [failing] }, () => 'Hello');
      const { values } = await outcomeOf(ask().pipe(runTools(), toCallResponse()));
      expect(values[0]).toMatchObject({ content: 'Sorry.' });
      expect(resultsIn(llm, 1)).toMatchObject([
        { output: new Error('thrown'), isError: true },
        { output: new Error('rejected'), isError: true },
        { output: new Error('errored'), isError: true },
        { output: new Error('text'), isError: true },
      ]);
    });

    it('should report a result that cannot be told', async () => {
      const huge = tool({ name: 'huge', parameters: { type: 'object' }, execute: () => 10n });
      const llm = answering([toolCall({ name: 'huge' })]);
      await outcomeOf(
        llm
          .call({ model: 'm', tools: [huge] }, () => 'Hello')()
          .pipe(runTools()),
      );
      expect(resultsIn(llm, 1)).toMatchObject([{ output: expect.any(TypeError), isError: true }]);
    });

    it('should report calls that are unknown or invalid', async () => {
      const llm = answering([
        toolCall({ name: 'fly' }),
        toolCall({ name: 'weather', argumentsText: '{"city":' }),
        toolCall({ name: 'weather', args: { city: 5 } }),
      ]);
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      await outcomeOf(ask().pipe(runTools()));
      expect(resultsIn(llm, 1)).toMatchObject([
        { isError: true, output: { code: 'unknown-tool' } },
        { isError: true, output: { code: 'invalid-tool-arguments' } },
        { isError: true, output: { code: 'invalid-tool-arguments' } },
      ]);
    });

    it('should error instead where it is told to', async () => {
      const cases = [
        [toolCall({ name: 'fly' }), { onUnknown: 'error' }, 'unknown-tool'],
        [toolCall({ name: 'weather', args: {} }), { onInvalid: 'error' }, 'invalid-tool-arguments'],
        [failingBy('throws'), { onFailure: 'error' }, 'tool-execution'],
      ] as const;
      for (const [event, options, code] of cases) {
        const llm = answering([text('Let me see.'), event]);
        const ask = llm.call({ model: 'm', tools: [weather, failing] }, () => 'Hello');
        const { error } = await outcomeOf(ask().pipe(runTools(options)));
        expect(error).toBeInstanceOf(StreamError);
        expect(error).toMatchObject({ code, provider: 'scripted' });
        expect((error as StreamError).partial).toMatchObject({ content: 'Let me see.' });
        expect(llm.requests).toHaveLength(1);
      }
      const llm = answering([failingBy('rejects')]);
      const ask = llm.call({ model: 'm', tools: [failing] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(runTools({ onFailure: 'error' })));
      expect((error as StreamError).cause).toEqual(new Error('rejected'));
      expect((error as StreamError).message).toMatch(/Tool "failing" failed; see the cause/);
    });

    it('should have the failure of another call be the cause, and the own answer what had arrived', async () => {
      const inner = scriptedProvider([text('INNER'), cut()], { name: 'inner' });
      const asking = tool({
        name: 'ask',
        parameters: { type: 'object' },
        execute: () => inner.call('m', () => 'Hello')(),
      });
      const llm = answering([text('OUTER'), toolCall({ name: 'ask' })]);
      const ask = llm.call({ model: 'm', tools: [asking] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(runTools({ onFailure: 'error' })));
      expect(error).toMatchObject({
        code: 'tool-execution',
        provider: 'scripted',
        partial: { content: 'OUTER' },
        cause: { code: 'truncated', provider: 'inner', partial: { content: 'INNER' } },
      });
    });

    it('should give what had arrived when a later request fails before its first chunk', async () => {
      for (const start of ['turn', 'call'] as const) {
        const busy = fail({ code: 'rate-limit', status: 429, retryAfter: 5 });
        const turns = [[text('Hm. '), weatherOf('Oslo')], [weatherOf('Lima')], [busy]];
        const llm = answering(...turns);
        const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
        const { error } = await outcomeOf(ask().pipe(runTools({ start }), toCallResponse()));
        expect(error).toMatchObject({ code: 'rate-limit', status: 429, retryAfter: 5 });
        const { partial } = error as StreamError;
        expect(partial).toMatchObject({ interrupted: true, tools: [{ args: { city: 'Lima' } }] });
        expect(partial!.steps.map(({ content }) => content)).toEqual(['Hm. ']);
      }
    });

    it('should know of nothing that had arrived when the first request fails', async () => {
      const llm = answering([text('Hm. '), cut()], [fail({ code: 'rate-limit' })]);
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(retry(1), runTools()));
      expect(error).toMatchObject({ code: 'rate-limit', partial: null });
    });

    it('should answer unknown calls as it is told to', async () => {
      const llm = answering([toolCall({ name: 'fly' })]);
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const onUnknown = ({ name }: { readonly name: string }) => of(`There is no ${name}`);
      await outcomeOf(ask().pipe(runTools({ onUnknown })));
      expect(resultsIn(llm, 1)).toMatchObject([{ output: 'There is no fly' }]);
    });
  });

  describe('asks for approval', () => {
    it('should run what is approved, and report what is not', async () => {
      const llm = answering(['Oslo', 'Lima', 'Rome', 'Bonn', 'Kyiv'].map(weatherOf));
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const decisions: Readonly<Record<string, () => unknown>> = {
        Oslo: () => true,
        Lima: () => Promise.resolve(false),
        Rome: () => of({ reason: 'too hot' }, true),
        Bonn: () => EMPTY,
        Kyiv: () => of(true),
      };
      const { completed } = await outcomeOf(
        ask().pipe(
          runTools({
            approve: ({ args }) => decisions[(args as { city: string }).city]!() as boolean,
          }),
        ),
      );
      expect(completed).toBe(true);
      expect(resultsIn(llm, 1)).toMatchObject([
        { output: 'Oslo: 4 degrees' },
        { output: new Error('The call was not approved'), isError: true },
        { output: new Error('The call was not approved: too hot'), isError: true },
        { output: new Error('The call was not approved'), isError: true },
        { output: 'Kyiv: 4 degrees' },
      ]);
    });

    it('should wait for the decision, and leave it when it is unsubscribed from', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
        const llm = scriptedProvider(({ messages }) =>
          messages.length === 1 ? [weatherOf('Oslo')] : 'Cold.',
        );
        const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
        const decision = cold('-----a', { a: true });
        const stream = ask().pipe(runTools({ approve: () => decision }), contents());
        expectObservable(stream).toBe('(aa)-(bc|)', { a: '', b: 'Cold.', c: '' });
        expectSubscriptions(decision.subscriptions).toBe(['^----!', '^--!']);
        expectObservable(stream, '---!').toBe('(aa)', { a: '' });
        flush();
        expect(llm.requests).toHaveLength(3);
      });
    });

    it('should error when the decision fails', async () => {
      const llm = answering([weatherOf('Oslo')]);
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      const failure = new Error('no answer');
      const { error } = await outcomeOf(
        ask().pipe(runTools({ approve: () => throwError(() => failure) })),
      );
      expect(error).toMatchObject({ code: 'tool-execution', cause: failure });
    });
  });

  describe('is cancelled', () => {
    /** A tool that never ends, and what becomes of its signal. */
    const endless = () => {
      const signals: AbortSignal[] = [];
      const definition = tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: (_args, { signal }) => {
          signals.push(signal);
          return new Promise<string>(() => undefined);
        },
      });
      return { definition, signals };
    };

    it('should abort the tools that run when it is unsubscribed from', () => {
      inVirtualTime(({ expectObservable, flush }) => {
        const { definition, signals } = endless();
        const llm = answering([weatherOf('Oslo'), weatherOf('Lima')]);
        const ask = llm.call({ model: 'm', tools: [definition] }, () => 'Hello');
        expectObservable(ask().pipe(runTools(), contents()), '-----!').toBe('(aaa)', { a: '' });
        flush();
        expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
        expect(llm.requests).toHaveLength(1);
      });
    });

    it('should close the connection of whichever step is under way', () => {
      inVirtualTime(({ expectObservable, flush }) => {
        const llm = answering([weatherOf('Oslo')], [text('Col'), wait(9), text('d')]);
        const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
        expectObservable(ask().pipe(runTools(), contents()), '---!').toBe('(aab)', {
          a: '',
          b: 'Col',
        });
        flush();
        expect(llm.requests.map(({ state }) => state)).toEqual(['finished', 'unsubscribed']);
      });
    });

    it('should end at once when the signal of the call aborts, whatever runs', () => {
      inVirtualTime(({ cold, expectSubscriptions, flush }) => {
        const { definition, signals } = endless();
        const decision = cold<boolean>('-');
        const listeners: number[] = [];
        for (const options of [{}, { start: 'call' }, { approve: () => decision }] as const) {
          const controller = new AbortController();
          const { signal } = controller;
          const llm = answering([text('Hm. '), weatherOf('Oslo')]);
          const ask = llm.call({ model: 'm', tools: [definition], signal }, () => 'Hello');
          const errors: unknown[] = [];
          ask()
            .pipe(runTools<ScriptedWire, typeof definition, never, false>(options))
            .subscribe({ error: (error: unknown) => errors.push(error) });
          timer(5).subscribe(() => {
            listeners.push(getEventListeners(signal, 'abort').length);
            controller.abort(new Error('enough'));
            listeners.push(getEventListeners(signal, 'abort').length);
          });
          flush();
          expect(errors).toMatchObject([
            { code: 'aborted', cause: new Error('enough'), partial: { content: 'Hm. ' } },
          ]);
          expect(llm.requests).toHaveLength(1);
        }
        expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
        expect(listeners).toEqual([1, 0, 1, 0, 1, 0]);
        expectSubscriptions(decision.subscriptions).toBe('10ms ^----!');
      });
    });

    it('should leave no listener on the signal of the call', async () => {
      const { signal } = new AbortController();
      const llm = answering([weatherOf('Oslo')], [weatherOf('Lima')], 'Done.', [weatherOf('Oslo')]);
      const ask = llm.call({ model: 'm', tools: [weather], signal }, () => 'Hello');
      const listening: boolean[] = [];
      const note = tap(() => listening.push(getEventListeners(signal, 'abort').length > 0));
      expect(await outcomeOf(ask().pipe(runTools(), note))).toMatchObject({ completed: true });
      expect(listening).not.toContain(false);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      await outcomeOf(ask().pipe(runTools(), take(2)));
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('should mark a response that was cut short between two steps as interrupted', async () => {
      const { definition } = endless();
      const llm = answering([weatherOf('Oslo')]);
      const ask = llm.call({ model: 'm', tools: [definition] }, () => 'Hello');
      const { values } = await outcomeOf(ask().pipe(runTools(), take(2), toCallResponse()));
      expect(values[0]).toMatchObject({ interrupted: true });
      expect(values[0]!.tools).toHaveLength(1);
    });

    it('should abort the others when one call fails the stream', async () => {
      const { definition, signals } = endless();
      const failing = tool({
        name: 'failing',
        parameters: { type: 'object' },
        execute: () => Promise.reject(new Error('no')),
      });
      const llm = answering([weatherOf('Oslo'), toolCall({ name: 'failing' })]);
      const ask = llm.call({ model: 'm', tools: [definition, failing] }, () => 'Hello');
      await outcomeOf(ask().pipe(runTools({ onFailure: 'error' })));
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    });
  });

  describe('starts early when told to', () => {
    const timed = (duration: number, aborted: string[]) =>
      tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: ({ city }, { signal }) => {
          signal.addEventListener('abort', () => aborted.push(city));
          return timer(duration).pipe(map(() => city));
        },
      });

    it('should run each call as soon as it is whole', () => {
      inVirtualTime(({ expectObservable, flush }) => {
        const llm = answering([weatherOf('Oslo'), wait(4), weatherOf('Lima'), wait(4)], 'Done.');
        const ask = llm.call({ model: 'm', tools: [timed(6, [])] }, () => 'Hello');
        // Oslo from 0 to 6, Lima from 4 to 10; the turn ends at 8.
        expectObservable(ask().pipe(runTools({ start: 'call' }), contents())).toBe(
          'a---a---a-(bc|)',
          { a: '', b: 'Done.', c: '' },
        );
        flush();
        expect(resultsIn(llm, 1)).toMatchObject([{ output: 'Oslo' }, { output: 'Lima' }]);
      });
    });

    it('should leave the calls of an attempt when another takes its place', () => {
      inVirtualTime(({ expectObservable, flush }) => {
        const aborted: string[] = [];
        const llm = answering(
          [weatherOf('Oslo'), weatherOf('Rome'), wait(4), fail({ code: 'server' })],
          [wait(3), weatherOf('Lima')],
          'Done.',
        );
        const ask = llm.call({ model: 'm', tools: [timed(9, aborted)] }, () => 'Hello');
        const stream = ask().pipe(retry(1), runTools({ start: 'call' }), contents());
        // Attempts at 0 and 4; Lima from 7 to 16.
        expectObservable(stream).toBe('(aa)---(aa) 5ms (bc|)', { a: '', b: 'Done.', c: '' });
        flush();
        expect(aborted).toEqual(['Oslo', 'Rome']);
        expect(resultsIn(llm, 2)).toMatchObject([{ output: 'Lima' }]);
      });
    });

    it('should not tell what the calls of a failed attempt gave, either', async () => {
      const llm = answering([weatherOf('Oslo'), wait(1), cut()], [weatherOf('Lima')], 'Done.');
      const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
      await outcomeOf(ask().pipe(retry(1), runTools({ start: 'call' })));
      expect(resultsIn(llm, 2)).toMatchObject([{ output: 'Lima: 4 degrees' }]);
    });

    it('should not run the calls of the last turn that is allowed', async () => {
      const runs: string[] = [];
      const counted = tool({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        execute: ({ city }) => runs.push(city),
      });
      const llm = answering([weatherOf('Oslo')], [weatherOf('Lima')]);
      const ask = llm.call({ model: 'm', tools: [counted] }, () => 'Hello');
      const { error } = await outcomeOf(ask().pipe(runTools({ start: 'call', maxSteps: 2 })));
      expect(error).toMatchObject({ code: 'step-limit' });
      expect(runs).toEqual(['Oslo']);
    });

    it('should emit a call before what comes of it, and not run it for who has left with it', async () => {
      let runs = 0;
      const failing = tool({
        name: 'failing',
        parameters: { type: 'object' },
        execute: () => {
          runs++;
          throw new Error('no');
        },
      });
      const llm = scriptedProvider([text('Hm. '), toolCall({ name: 'failing' }), stall()]);
      const ask = llm.call({ model: 'm', tools: [failing] }, () => 'Hello');
      const stream = ask().pipe(runTools({ start: 'call', onFailure: 'error' }));
      const { values, error } = await outcomeOf(stream);
      expect(values.map(([, each]) => each?.name)).toEqual([undefined, 'failing']);
      expect(error).toMatchObject({ code: 'tool-execution', partial: { tools: [{}] } });
      await outcomeOf(stream.pipe(take(2)));
      expect(runs).toBe(1);
    });

    it('should abort what it has started when the turn fails or ends otherwise', async () => {
      for (const end of [cut(), finish('content_filter')]) {
        const aborted: string[] = [];
        const llm = answering([weatherOf('Oslo'), end]);
        const ask = llm.call({ model: 'm', tools: [timed(50, aborted)] }, () => 'Hello');
        await outcomeOf(ask().pipe(runTools({ start: 'call' })));
        expect(aborted).toEqual(['Oslo']);
        expect(llm.requests).toHaveLength(1);
      }
    });
  });

  it('should start anew with every subscription', async () => {
    const llm = scriptedProvider((_, position) =>
      position % 2 === 0 ? [weatherOf('Oslo')] : 'Cold.',
    );
    const stream = llm
      .call({ model: 'm', tools: [weather] }, () => 'Hello')()
      .pipe(runTools({ maxSteps: 2 }), accumulate());
    for (const requests of [2, 4]) {
      const { values } = await outcomeOf(stream);
      expect(values.at(-1)).toMatchObject({ content: 'Cold.', interrupted: false });
      expect(values.at(-1)!.steps).toHaveLength(1);
      expect(llm.requests).toHaveLength(requests);
    }
  });

  it('should force a call in the first request only', async () => {
    const llm = answering([weatherOf('Oslo')], 'Cold.');
    const commonParams = { toolChoice: 'required', temperature: 0 } as const;
    const ask = llm.call({ model: 'm', tools: [weather], commonParams }, () => 'Hello');
    await outcomeOf(ask().pipe(runTools()));
    expect(llm.requests.map((request) => request.commonParams)).toEqual([
      { temperature: 0, toolChoice: 'required' },
      { temperature: 0 },
    ]);
  });

  it('should leave partial tools alone', async () => {
    const llm = answering([weatherOf('Oslo')], 'Cold.');
    const ask = llm.call({ model: 'm', tools: [weather], partialTools: true }, () => 'Hello');
    for (const start of ['turn', 'call'] as const) {
      const { values } = await outcomeOf(ask().pipe(runTools({ start })));
      expect(values.flatMap(([, each]) => (each === null ? [] : [each.delta]))).toEqual(
        llm.requests.length === 2 ? ['{"city":"Oslo"}', null] : [],
      );
    }
    expect(resultsIn(llm, 1)).toHaveLength(1);
  });

  it('should keep the types of the stream, and know them in its options', () => {
    const llm = scriptedProvider('Hello');
    const ask = llm.call({ model: 'm', tools: [weather] }, () => 'Hello');
    const stream = ask().pipe(
      runTools({
        stopWhen: ({ tools }) => {
          expectTypeOf(tools).toEqualTypeOf<readonly Tool<typeof weather, ScriptedWire>[]>();
          return false;
        },
        approve: ({ name, args }) => {
          expectTypeOf(name).toEqualTypeOf<string>();
          expectTypeOf(args).toEqualTypeOf<unknown>();
          return NEVER;
        },
      }),
    );
    expectTypeOf(stream).toEqualTypeOf<Observable<StreamTuple<ScriptedWire, typeof weather>>>();
    // @ts-expect-error there is no such policy
    expect(() => runTools({ onUnknown: 'ignore' })).not.toThrow();
  });
});
