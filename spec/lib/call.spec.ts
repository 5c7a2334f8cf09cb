import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  concat,
  config,
  defer,
  finalize,
  map,
  NEVER,
  of,
  Subject,
  take,
  takeLast,
  throwError,
  timer,
  VirtualTimeScheduler,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { call, type Call } from '../../lib/call.ts';
import type { CallOptions } from '../../lib/call-options.ts';
import type { StreamTuple } from '../../lib/chunk.ts';
import type { CallInput, Provider } from '../../lib/provider.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { tool, type Tool } from '../../lib/tool.ts';
import { toCallResponse } from '../../operators/to-call-response.ts';
import { outcomeOf, settled } from '../support/outcome.ts';
import { inVirtualTime } from '../support/virtual-time.ts';
import { piece, plainProvider, type PlainEvent, type PlainWire } from './plain-provider.ts';

const finished: PlainEvent = { content: 'Hi', end: 'now' };
const answering = plainProvider(of(finished));

const add = tool({
  name: 'add',
  parameters: z.object({ a: z.number() }),
  execute: ({ a }) => a + 1,
});
const now = tool({ name: 'now', parameters: z.object({}), execute: () => 'noon' });

const errorOf = async (stream: Observable<unknown>): Promise<StreamError> => {
  const { error } = await outcomeOf(stream);
  expect(error).toBeInstanceOf(StreamError);
  return error as StreamError;
};

/** The error of a call whose wire fails so. */
const failureOf = (
  failure: unknown,
  parts: Partial<Provider<PlainWire>> = {},
  prompt = 'Hello there',
): Promise<StreamError> =>
  errorOf(
    call(
      plainProvider(
        throwError(() => failure),
        parts,
      ),
      'plain-1',
      () => prompt,
    )(),
  );

describe('call', () => {
  describe('checks its arguments at once', () => {
    const prompt = () => 'Hello';
    const wrong: readonly (readonly [string, unknown, unknown, RegExp])[] = [
      ['no model', '', prompt, /^\[plain\] A call needs a model: plain\.call\('model-name'/],
      ['an object without a model', {}, prompt, /needs a model/],
      ['a model that is no text', { model: 5 }, prompt, /needs a model/],
      ['no prompt', 'plain-1', undefined, /A call needs a prompt function: plain\.call\(/],
      ['a prompt that is no function', 'plain-1', 'Hello', /needs a prompt function/],
      [
        'two tools of one name',
        { model: 'plain-1', tools: [add, now, { ...now, name: 'add' }] },
        prompt,
        /Two tools are named "add"/,
      ],
      ['a negative wait', { model: 'plain-1', usageWait: -1 }, prompt, /usageWait .* not -1/],
      ['a wait that is no number', { model: 'plain-1', usageWait: NaN }, prompt, /not NaN/],
    ];
    it.each(wrong)('and should throw for %s', (_, options, given, message) => {
      const wrongCall = () => call(answering, options as 'plain-1', given as typeof prompt);
      expect(wrongCall).toThrow(TypeError);
      expect(wrongCall).toThrow(message);
    });

    it('and should take what is right', () => {
      for (const usageWait of [0, 1, 60_000]) {
        expect(call(answering, { model: 'plain-1', usageWait }, prompt)).toBeInstanceOf(Function);
      }
    });
  });

  it('should do nothing before it is subscribed to, and all of it per subscription, in order', async () => {
    const steps: string[] = [];
    const note = <T>(step: string, value: T): T => {
      steps.push(step);
      return value;
    };
    const provider = plainProvider(undefined, {
      encode: (input) => note('encode', answering.encode(input)),
      connect: (connection) => note('connect', answering.connect(connection)),
      open: () => note('open', of(finished)),
    });
    const stream = call(provider, 'plain-1', () => note('prompt', 'Hello'))();
    await settled();
    expect(steps).toEqual([]);
    await outcomeOf(stream);
    expect(steps).toEqual(['prompt', 'encode', 'connect', 'open']);
    await outcomeOf(stream);
    expect(steps).toHaveLength(8);
  });

  it('should hand on what the call is made with, and what it needs to connect', async () => {
    const seen: unknown[] = [];
    const provider = plainProvider(undefined, {
      encode: (input) => {
        seen.push(input);
        return answering.encode(input);
      },
      connect: ({ key = '' }) => {
        seen.push(key);
        return Promise.resolve({ key });
      },
      open: (client, request) => {
        seen.push(client, request);
        return of(finished);
      },
    });
    const options = {
      model: 'plain-1',
      tools: [add],
      callParams: { temperature: 1 },
      key: 'key-of-mine',
    } as const;
    await outcomeOf(call(provider, options, (name: string) => `Hello ${name}`)('Ada'));
    const messages = [{ role: 'user', content: 'Hello Ada' }];
    expect(seen).toEqual([
      {
        model: 'plain-1',
        messages,
        tools: [add],
        params: { temperature: 1 },
        commonParams: {},
        format: null,
      },
      'key-of-mine',
      { key: 'key-of-mine' },
      { model: 'plain-1', messages, temperature: 1 },
    ]);
  });

  it('should put the call on every chunk, one per subscription', async () => {
    const metadata = { tag: 1 };
    const options = { model: 'plain-1', metadata, tools: [add], callParams: { temperature: 1 } };
    const provider = plainProvider(of({ content: 'a' }, finished));
    const stream = call(provider, options, () => 'Hello')();
    const runs = [await outcomeOf(stream), await outcomeOf(stream)];
    const contexts = runs.map(({ values }) => new Set(values.map(([chunk]) => chunk.call)));
    expect(contexts.map(({ size }) => size)).toEqual([1, 1]);
    const [first, second] = contexts.flatMap((each) => [...each]);
    expect(first).not.toBe(second);
    expect(first).toMatchObject({
      provider,
      model: 'plain-1',
      messages: [{ role: 'user', content: 'Hello' }],
      commonMessages: [{ role: 'user', content: 'Hello' }],
      tools: [add],
      params: { temperature: 1 },
      request: { model: 'plain-1', temperature: 1 },
    });
    expect(first?.metadata).toBe(metadata);
  });

  it('should say of itself whether it has ended truthfully', async () => {
    const stream = call(plainProvider(of({ content: 'a' }, finished)), 'plain-1', () => 'Hello')();
    const whole = await outcomeOf(stream);
    const left = await outcomeOf(stream.pipe(take(1)));
    expect(whole.values[0]![0].call.ended()).toBe(true);
    expect(left.values[0]![0].call.ended()).toBe(false);
    const during = await outcomeOf(stream.pipe(map(([chunk]) => chunk.call.ended())));
    expect(during.values).toEqual([false, false]);
  });

  it('should keep the time of the scheduler it is given, prompt and connection included', () =>
    inVirtualTime(({ cold, expectObservable }) => {
      const provider = plainProvider(cold('-----a', { a: finished }), {
        connect: () => timer(20).pipe(map(() => ({ key: '' }))),
      });
      const times = call(provider, 'plain-1', () => cold('10ms p', { p: 'Hello' }))().pipe(
        map(([{ call, time }]) => [call.startTime, time]),
      );
      expectObservable(times).toBe('35ms (t|)', { t: [0, 35] });
      expectObservable(times, '7ms ^').toBe('42ms (t|)', { t: [7, 42] });
    }));

  it('should wait for usage by the clock it is given, a second unless told otherwise', () => {
    const waitOf = (options: { readonly usageWait?: number }): number => {
      const scheduler = new VirtualTimeScheduler();
      const provider = plainProvider(concat(of<PlainEvent[]>({ end: 'soon' }), NEVER), {
        connect: () => ({ key: '' }),
      });
      let end = NaN;
      call(provider, { model: 'plain-1', scheduler, ...options }, () => 'Hello')().subscribe({
        complete: () => (end = scheduler.now()),
      });
      scheduler.flush();
      return end;
    };
    expect([{}, { usageWait: 5 }, { usageWait: 0 }].map(waitOf)).toEqual([1000, 5, 0]);
  });

  it('should unsubscribe from whatever it is waiting for', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prompt = cold('10ms p', { p: 'Hello' });
      const connection = cold('10ms (c|)', { c: { key: '' } });
      const wire = cold<PlainEvent>('10ms a', { a: { content: 'a' } });
      const provider = plainProvider(wire, { connect: () => connection });
      const stream = call(provider, 'plain-1', () => prompt)();
      for (const end of [5, 15, 25, 35]) {
        expectObservable(stream.pipe(map(([chunk]) => chunk.content)), `^ ${end - 1}ms !`).toBe(
          end > 30 ? '30ms a' : '-',
        );
      }
      expectSubscriptions(prompt.subscriptions).toBe(['^ 4ms !', '^ 9ms !', '^ 9ms !', '^ 9ms !']);
      expectSubscriptions(connection.subscriptions).toBe([
        '10ms ^ 4ms !',
        '10ms ^ 9ms !',
        '10ms ^ 9ms !',
      ]);
      expectSubscriptions(wire.subscriptions).toBe(['20ms ^ 4ms !', '20ms ^ 14ms !']);
    }));

  it('should open nothing when it is left while a promise of a client is pending', async () => {
    let opened = 0;
    const said: unknown[] = [];
    const provider = plainProvider(
      defer(() => of(finished).pipe(finalize(() => opened++))),
      { connect: () => Promise.resolve({ key: '' }) },
    );
    call(provider, 'plain-1', () => 'Hello')()
      .subscribe({ next: (tuple) => said.push(tuple) })
      .unsubscribe();
    await settled();
    expect([opened, said]).toEqual([0, []]);
  });

  describe('delivers as an error', () => {
    it('what the prompt fails with, as the cause', async () => {
      const cause = new Error('no genre');
      const error = await errorOf(
        call(answering, 'plain-1', () => {
          throw cause;
        })(),
      );
      expect(error).toMatchObject({ code: 'prompt', provider: 'plain', cause, partial: null });
      expect(error.message).not.toContain('genre');
    });

    it('the failure of another call that the prompt is made of, as it is', async () => {
      const cut = concat(
        of({ content: 'half' }),
        throwError(() => new Error('cut')),
      );
      const first = call(plainProvider(cut, { name: 'first' }), 'plain-1', () => 'Hello');
      const prompt = () =>
        first().pipe(
          takeLast(1),
          map(([chunk]) => chunk.content),
        );
      expect(await errorOf(call(answering, 'plain-1', prompt)())).toMatchObject({
        code: 'provider',
        provider: 'first',
        partial: { content: 'half' },
      });
    });

    it('what encoding, connecting or opening fails with', async () => {
      const unsupported = new StreamError('plain', { code: 'unsupported', message: 'No audio' });
      const thrower = (): never => {
        throw unsupported;
      };
      for (const part of ['encode', 'connect', 'open'] as const) {
        const provider = plainProvider(of(finished), { [part]: thrower });
        expect(await errorOf(call(provider, 'plain-1', () => 'Hello')())).toMatchObject({
          code: 'unsupported',
          provider: 'plain',
        });
      }
      const provider = plainProvider(of(finished), { connect: () => Promise.reject(unsupported) });
      expect((await errorOf(call(provider, 'plain-1', () => 'Hello')())).code).toBe('unsupported');
    });

    it('what the provider makes of an error of its SDK', async () => {
      const cause = new Error('429');
      const error = await failureOf(cause, {
        describe: () => ({ code: 'rate-limit', message: 'Too fast', status: 429, retryAfter: 5 }),
      });
      expect(error).toMatchObject({
        code: 'rate-limit',
        detail: 'Too fast',
        status: 429,
        retryAfter: 5,
        provider: 'plain',
      });
      expect(error.cause).toBe(cause);
    });

    it('what the network fails with, where the provider does not know it', async () => {
      const cause = new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      expect(await failureOf(cause)).toMatchObject({
        code: 'connection',
        retryable: true,
        detail: 'The connection failed: ECONNRESET',
        cause,
      });
    });

    it.each([
      [new Error('what happened'), 'what happened'],
      ['a text', 'a text'],
      [undefined, 'undefined'],
      [null, 'null'],
      [{ message: 'no error' }, '[object Object]'],
    ])('%p, of which nothing is known', async (failure, detail) => {
      expect(await failureOf(failure)).toMatchObject({
        code: 'provider',
        retryable: false,
        detail,
      });
    });
  });

  describe('shows no secret in a message', () => {
    const quoted = (message: string, prompt?: string): Promise<StreamError> =>
      failureOf(new Error('no'), { describe: () => ({ code: 'provider', message }) }, prompt);

    it('neither the key nor the prompt', async () => {
      const error = await quoted('Key key-0123456789 may not ask "Hello there"');
      expect(error.detail).toBe('Key [redacted] may not ask "[redacted]"');
      expect(error.message).toBe('[plain] Key [redacted] may not ask "[redacted]".');
    });

    it('nor a text of any message, however deep it lies', async () => {
      const texts = ['system prompt', 'first question', 'answer of old', 'tool result'];
      const [system, question, answer, result] = texts;
      const provider = plainProvider(throwError(() => new Error(`Not: ${texts.join(', ')}`)));
      const { message } = await errorOf(
        call(provider, 'plain-1', () => [
          { role: 'system', content: system! },
          { role: 'user', content: [{ type: 'text', text: question! }] },
          { role: 'model', content: { parts: [{ text: answer }] } },
          { role: 'tool', content: [{ content: [{ text: result }] }] },
        ])(),
      );
      expect(message).toBe('[plain] Not: [redacted], [redacted], [redacted], [redacted].');
    });

    it('nor any of it when nothing at all is known of the failure', async () => {
      expect((await failureOf(new Error('Hello there: key-0123456789'))).message).not.toMatch(
        /Hello|key-/,
      );
      expect((await failureOf('Hello there: key-0123456789')).message).not.toMatch(/Hello|key-/);
    });

    it('though words of our own are left alone that a prompt happens to share', async () => {
      const cause = new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      const { message } = await failureOf(cause, {}, 'connection');
      expect(message).toContain('The connection failed');
    });

    it.each(['timeout', 'connection'] as const)(
      'nor what a server says under the code %s',
      async (code) => {
        const message = 'Request of key-0123456789 timed out: "Hello there"';
        const error = await failureOf(new Error('408'), { describe: () => ({ code, message }) });
        expect(error.message).not.toMatch(/key-0123456789|Hello there/);
      },
    );

    it('nor a prompt as JSON quotes it', async () => {
      const prompt = 'Say "hello" to\nmy friend Ada';
      const { message } = await quoted(`Invalid input: ${JSON.stringify(prompt)}`, prompt);
      expect(message).not.toContain('friend Ada');
    });

    it('nor instructions that the provider sends outside the messages', async () => {
      const instructions = 'Never speak of the merger';
      const provider = plainProvider(
        throwError(() => new Error(`Bad instructions: ${instructions}`)),
        {
          encode: ({ model, messages }) => ({
            request: { model, messages: [], instructions: messages[0]?.content } as never,
            messages: [],
          }),
        },
      );
      const { message } = await errorOf(
        call(provider, 'plain-1', () => [{ role: 'system', content: instructions }])(),
      );
      expect(message).not.toContain('merger');
    });

    it('nor one in an error that the event source made itself', async () => {
      const message = 'Key key-0123456789 may not ask "Hello there"';
      const error = await failureOf(new StreamError('plain', { code: 'provider', message }));
      expect(error.message).not.toMatch(/key-0123456789|Hello there/);
    });

    it('without looking at every byte of the media in the messages', async () => {
      let looks = 0;
      const bytes = new Proxy(new Uint8Array(1000), {
        getOwnPropertyDescriptor: (target, key) => {
          looks++;
          return Reflect.getOwnPropertyDescriptor(target, key);
        },
      });
      const provider = plainProvider(throwError(() => new Error('no')));
      await errorOf(call(provider, 'plain-1', () => [{ role: 'user', content: [bytes] }])());
      expect(looks).toBeLessThan(100);
    });
  });

  describe('ends with the caller’s signal', () => {
    const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

    it('before anything has happened, when it has aborted before', async () => {
      let prompts = 0;
      const stream = call(answering, { model: 'plain-1', signal: AbortSignal.abort() }, () => {
        prompts++;
        return 'Hello';
      });
      expect((await errorOf(stream())).code).toBe('aborted');
      expect(prompts).toBe(0);
    });

    const phases: readonly (readonly [
      string,
      Partial<Provider<PlainWire>>,
      () => Observable<string>,
    ])[] = [
      ['the prompt', {}, () => NEVER],
      ['the client', { connect: () => NEVER }, () => of('Hello')],
      ['the wire', { open: () => NEVER }, () => of('Hello')],
      [
        'usage',
        { open: () => concat(of<PlainEvent[]>({ end: 'soon' }), NEVER) },
        () => of('Hello'),
      ],
    ];
    it.each(phases)('while it waits for %s', async (_, parts, prompt) => {
      const controller = new AbortController();
      const { signal } = controller;
      const provider = plainProvider(undefined, parts);
      const error = errorOf(call(provider, { model: 'plain-1', signal }, prompt)());
      await settled();
      expect(listenersOf(signal)).toBe(1);
      controller.abort('enough');
      expect(await error).toMatchObject({ code: 'aborted', provider: 'plain', cause: 'enough' });
      expect(listenersOf(signal)).toBe(0);
    });

    it('with what had arrived', async () => {
      const controller = new AbortController();
      const wire = new Subject<PlainEvent>();
      const options = { model: 'plain-1', signal: controller.signal };
      const outcome = outcomeOf(call(plainProvider(wire), options, () => 'Hello')());
      await settled();
      wire.next({ content: 'a' });
      controller.abort();
      wire.next({ content: 'b' });
      expect(await outcome).toMatchObject({
        values: [[{ content: 'a' }, null]],
        error: { code: 'aborted', partial: { content: 'a', interrupted: true } },
      });
      expect(wire.observed).toBe(false);
    });

    it('when it aborts in the prompt, and then connects to nobody', async () => {
      const controller = new AbortController();
      let connected = 0;
      const provider = plainProvider(of(finished), {
        connect: () => {
          connected++;
          return { key: '' };
        },
      });
      const stream = call(provider, { model: 'plain-1', signal: controller.signal }, () => {
        controller.abort();
        return 'Hello';
      })();
      expect(await errorOf(stream)).toMatchObject({ code: 'aborted', partial: null });
      expect(connected).toBe(0);
    });

    it('and leaves no listener on it, however it ends', async () => {
      const { signal } = new AbortController();
      const options = { model: 'plain-1', signal };
      await outcomeOf(call(answering, options, () => 'Hello')());
      await errorOf(call(plainProvider(), options, () => 'Hello')());
      await outcomeOf(call(answering, options, () => 'Hello')().pipe(take(1)));
      call(plainProvider(NEVER), options, () => NEVER)()
        .subscribe()
        .unsubscribe();
      expect(listenersOf(signal)).toBe(0);
    });
  });

  it('should deliver invalid tools unless it is told to take them for errors', async () => {
    const wire = of<PlainEvent[]>({ toolCalls: [piece({ name: 'fly' })] }, { end: 'now' });
    const tools = [add];
    const callWith = (options: Partial<CallOptions<PlainWire, typeof tools>>) =>
      call(plainProvider(wire), { model: 'plain-1', tools, ...options }, () => 'Hello')();
    const { values } = await outcomeOf(callWith({}));
    expect(values.at(-1)?.[1]?.error?.code).toBe('unknown-tool');
    expect((await errorOf(callWith({ invalidTools: 'error' }))).code).toBe('unknown-tool');
  });

  it('should infer its arguments from the prompt, and its tools from the options', () => {
    const ask = call(
      answering,
      { model: 'plain-1', tools: [add, now] },
      (city: string, days?: number) => `${city} ${days}`,
    );
    expectTypeOf(ask).parameters.toEqualTypeOf<[city: string, days?: number | undefined]>();
    expectTypeOf(ask).toEqualTypeOf<
      Call<[city: string, days?: number], PlainWire, typeof add | typeof now>
    >();
    ask('Oslo').subscribe(([chunk, called]) => {
      expectTypeOf(chunk.chunk).toEqualTypeOf<PlainEvent>();
      expectTypeOf(called).toEqualTypeOf<Tool<typeof add | typeof now, PlainWire> | null>();
      if (called?.error !== null) return;
      if (called.name === 'add') expectTypeOf(called.args).toEqualTypeOf<{ a: number }>();
      if (called.name === 'now') expectTypeOf(called.call()).toEqualTypeOf<Observable<string>>();
    });
    const plain = call(answering, 'plain-1', () => 'Hello');
    expectTypeOf(plain()).toEqualTypeOf<Observable<StreamTuple<PlainWire, never>>>();
  });

  it('should not compile what is not right', () => {
    const prompt = () => 'Hello';
    const wrong = (): void => {
      // @ts-expect-error a call has a model
      call(answering, { tools: [add] }, prompt);
      // @ts-expect-error a call has a prompt
      call(answering, 'plain-1');
      // @ts-expect-error there is no such option
      call(answering, { model: 'plain-1', tool: [add] }, prompt);
      // @ts-expect-error invalid tools are delivered or an error
      call(answering, { model: 'plain-1', invalidTools: 'ignore' }, prompt);
      // @ts-expect-error the provider has no such parameter
      call(answering, { model: 'plain-1', callParams: { temprature: 1 } }, prompt);
      // @ts-expect-error the provider's parameter is a number
      call(answering, { model: 'plain-1', callParams: { temperature: 'hot' } }, prompt);
      // @ts-expect-error a key is a text
      call(answering, { model: 'plain-1', key: 5 }, prompt);
      // @ts-expect-error a prompt gives something to send
      call(answering, 'plain-1', () => 5);
      // @ts-expect-error the prompt takes a city
      void call(answering, 'plain-1', (city: string) => city)();
    };
    expect(wrong).toThrow();
  });

  describe('with another provider', () => {
    /** A provider that answers, and what it was asked to encode. */
    const recording = (name: string) => {
      const inputs: CallInput<PlainWire>[] = [];
      const connections: object[] = [];
      const provider = plainProvider(of(finished), {
        name,
        encode: (input) => {
          inputs.push(input);
          const { model, messages, params } = input;
          return { request: { model, messages, ...params }, messages };
        },
        connect: (connection) => {
          connections.push(connection);
          return { key: 'key' };
        },
      });
      return { provider, inputs, connections };
    };

    it('should ask it the same, with tools and all common options', async () => {
      const other = recording('other');
      const options = {
        model: 'plain-1',
        tools: [add],
        commonParams: { temperature: 1, seed: 5 },
        metadata: { tag: 1 },
        partialTools: true,
        key: 'key-of-mine',
      } as const;
      const ask = call(answering, options, (city: string) => `Weather in ${city}?`);
      const { values } = await outcomeOf(
        ask.with(other, { model: 'other-1', metadata: { more: 2 } })('Oslo'),
      );
      expect(other.inputs).toMatchObject([
        {
          model: 'other-1',
          messages: [{ role: 'user', content: 'Weather in Oslo?' }],
          tools: [{ name: 'add' }],
          commonParams: { temperature: 1, seed: 5 },
          params: {},
        },
      ]);
      expect(other.connections).toEqual([expect.not.objectContaining({ key: 'key-of-mine' })]);
      expect(values[0]![0].call).toMatchObject({
        provider: { name: 'other' },
        metadata: { tag: 1, more: 2 },
        partialTools: true,
        args: ['Oslo'],
      });
    });

    it('should take a model name alone, and leave the call it is made of alone', async () => {
      const [one, other] = [recording('one'), recording('other')];
      const ask = call(one.provider, 'one-1', () => 'Hello');
      const asked = ask.with(other, 'other-1');
      await outcomeOf(asked());
      await outcomeOf(ask());
      await outcomeOf(asked.with(one, 'one-2')());
      expect(one.inputs.map(({ model }) => model)).toEqual(['one-1', 'one-2']);
      expect(other.inputs.map(({ model }) => model)).toEqual(['other-1']);
    });

    it('should merge parameters, and take away what is undefined', async () => {
      const other = recording('other');
      const options = { model: 'plain-1', commonParams: { temperature: 1, seed: 5 } };
      const ask = call(answering, options, () => 'Hello');
      const further = { topP: 0.5, seed: undefined };
      await outcomeOf(ask.with(other, { model: 'm', commonParams: further })());
      expect(other.inputs[0]!.commonParams).toEqual({ temperature: 1, topP: 0.5, seed: undefined });
    });

    it('should insist on a word about parameters that only the first provider understands', async () => {
      const other = recording('other');
      const options = { model: 'plain-1', callParams: { temperature: 1 } };
      const ask = call(answering, options, () => 'Hello');
      expect(() => ask.with(other, 'other-1')).toThrow(TypeError);
      const unsaid: object = { callParams: undefined };
      expect(() => ask.with(other, { model: 'other-1', ...unsaid })).toThrow(TypeError);
      expect(() => ask.with(other, 'other-1')).toThrow(
        /callParams of plain, which stay behind; .* callParams: \{\} \}/,
      );
      await outcomeOf(ask.with(other, { model: 'other-1', callParams: {} })());
      await outcomeOf(ask.with(other, { model: 'other-1', callParams: { temperature: 0 } })());
      expect(other.inputs.map(({ params }) => params)).toEqual([{}, { temperature: 0 }]);
    });

    it('should take everything along to the same provider', async () => {
      const one = recording('one');
      const options = { model: 'one-1', callParams: { temperature: 1 }, key: 'key-of-mine' };
      const ask = call(one.provider, options, () => 'Hello');
      await outcomeOf(ask.with(one, 'one-2')());
      expect(one.inputs).toMatchObject([{ model: 'one-2', params: { temperature: 1 } }]);
      expect(one.connections).toMatchObject([{ key: 'key-of-mine' }]);
    });

    it('should need a model', () => {
      const ask = call(answering, 'plain-1', () => 'Hello');
      expect(() => ask.with({ provider: answering }, '')).toThrow(/A call needs a model/);
    });

    it('should be typed as the provider it asks, and refuse what only the other understands', () => {
      interface OtherWire extends Omit<PlainWire, 'params' | 'message' | 'usage'> {
        params: { readonly top_k?: number };
        message: { readonly role: 'bot'; readonly parts: readonly string[] };
        usage: null;
      }
      const other = { provider: answering as unknown as Provider<OtherWire> };
      const ask = call(answering, { model: 'plain-1', tools: [add] }, (city: string) => city);
      const asked = ask.with(other, { model: 'm', callParams: { top_k: 5 } });
      expectTypeOf(asked).toEqualTypeOf<Call<[city: string], OtherWire, typeof add>>();
      const wrong = (): void => {
        // @ts-expect-error the other provider has no such parameter
        ask.with(other, { model: 'm', callParams: { temperature: 1 } });
        // @ts-expect-error tools go along, they are not said again
        ask.with(other, { model: 'm', tools: [] });
        const own = call(other.provider, 'm', () => [{ role: 'bot', parts: ['Hello'] } as const]);
        // @ts-expect-error the prompt gives messages of its own provider
        own.with({ provider: answering }, 'm');
        const params = call(other.provider, 'm', () => ({
          messages: 'Hello',
          callParams: { top_k: 5 },
        }));
        // @ts-expect-error the prompt gives parameters of its own provider
        params.with({ provider: answering }, 'm');
        const keyed = call(answering, 'm', () => ({ messages: 'Hello', key: 'mine' }));
        // @ts-expect-error the prompt gives a connection of its own provider
        keyed.with(other, 'm');
      };
      expect(wrong).not.toThrow();
      const common = call(answering, 'm', () => ({
        messages: [{ role: 'system', content: 'Hello' }],
        commonParams: { temperature: 1 },
      }));
      expectTypeOf(common.with(other, 'm')).toEqualTypeOf<Call<[], OtherWire, never>>();
    });
  });

  describe('takes settings from its prompt', () => {
    it('should let them hold for that call only', async () => {
      const seen: unknown[] = [];
      const provider = plainProvider(of(finished), {
        encode: ({ model, messages, params, commonParams, tools }) => {
          seen.push({ model, params, commonParams, tools: tools.map(({ name }) => name) });
          return { request: { model, messages, ...params }, messages };
        },
        connect: ({ key = 'none' }) => {
          seen.push(key);
          return { key };
        },
      });
      const ask = call(
        provider,
        {
          model: 'plain-1',
          tools: [add],
          callParams: { temperature: 1 },
          commonParams: { seed: 1, topP: 1 },
          metadata: { tag: 1 },
          key: 'key-1',
        },
        (special: boolean) =>
          special
            ? {
                messages: 'Hello',
                model: 'plain-2',
                tools: [now],
                callParams: {},
                commonParams: { seed: 2 },
                metadata: { more: 2 },
                key: 'key-2',
              }
            : 'Hello',
      );
      const special = await outcomeOf(ask(true));
      const usual = await outcomeOf(ask(false));
      expect(seen).toEqual([
        {
          model: 'plain-2',
          params: { temperature: 1 },
          commonParams: { seed: 2, topP: 1 },
          tools: ['now'],
        },
        'key-2',
        {
          model: 'plain-1',
          params: { temperature: 1 },
          commonParams: { seed: 1, topP: 1 },
          tools: ['add'],
        },
        'key-1',
      ]);
      expect(special.values[0]![0].call.metadata).toEqual({ tag: 1, more: 2 });
      expect(usual.values[0]![0].call.metadata).toEqual({ tag: 1 });
    });

    it('should know the tools it may bring along', () => {
      const ask = call(answering, { model: 'm', tools: [add] }, (extra: boolean) =>
        extra ? { messages: 'Hello', tools: [now] } : 'Hello',
      );
      expectTypeOf(ask(true)).toEqualTypeOf<
        Observable<StreamTuple<PlainWire, typeof add | typeof now>>
      >();
    });

    it('should hold what it brings along against the same rules', async () => {
      const twice = call(answering, 'm', () => ({ messages: 'Hello', tools: [add, add] }));
      expect(await errorOf(twice())).toMatchObject({ code: 'prompt' });
      expect((await errorOf(twice())).message).toMatch(/Two tools are named "add"/);
      const nameless = call(answering, 'm', () => ({ messages: 'Hello', model: '' }));
      expect((await errorOf(nameless())).message).toMatch(/A call needs a model/);
    });
  });

  it('should show the template of its prompt, and the arguments', async () => {
    const prompt = Object.assign((city: string) => `Weather in ${city}?`, {
      template: 'Weather in {city}?',
    });
    const { values } = await outcomeOf(call(answering, 'plain-1', prompt)('Oslo'));
    expect(values[0]![0].call).toMatchObject({
      promptTemplate: 'Weather in {city}?',
      args: ['Oslo'],
    });
    const plain = await outcomeOf(call(answering, 'plain-1', () => 'Hello')());
    expect(plain.values[0]![0].call).toMatchObject({ promptTemplate: null, args: [] });
  });

  describe('proceeds with other messages', () => {
    it('should send a further request of the same call, without running the prompt again', async () => {
      let prompts = 0;
      const seen: unknown[] = [];
      const provider = plainProvider(of(finished), {
        encode: ({ model, messages, params }) => {
          seen.push(messages);
          return { request: { model, messages, ...params }, messages };
        },
      });
      const ask = call(provider, { model: 'plain-1', metadata: { tag: 1 } }, () => {
        prompts++;
        return 'Hello';
      });
      const first = (await outcomeOf(ask().pipe(toCallResponse()))).values[0]!;
      const { call: context } = (await outcomeOf(ask())).values[0]![0];
      const further = context.proceed({
        messages: [{ role: 'user', content: 'More' }],
        steps: [first],
      });
      expect(seen).toHaveLength(2);
      const { values } = await outcomeOf(further);
      expect(seen[2]).toEqual([{ role: 'user', content: 'More' }]);
      expect(prompts).toBe(2);
      const [[{ call: next }]] = values as [StreamTuple<PlainWire>];
      expect(next).toMatchObject({ steps: [first], continues: false, metadata: { tag: 1 } });
      expect(next.ended()).toBe(true);
      await outcomeOf(further);
      expect(seen).toHaveLength(4);
    });
  });

  describe('does not fail in other ways', () => {
    it('when encoding throws an error of its own', async () => {
      const provider = plainProvider(of(finished), {
        encode: () => {
          throw new TypeError("Cannot use 'in' operator to search for 'content' in null");
        },
      });
      const { error } = await outcomeOf(call(provider, 'plain-1', () => 'Hello')());
      expect(error).toBeInstanceOf(StreamError);
    });

    /** What a subscriber hears; what nobody hears is kept from ending the process. */
    const heard = async (stream: Observable<unknown>): Promise<readonly unknown[]> => {
      const said: unknown[] = [];
      const before = config.onUnhandledError;
      config.onUnhandledError = () => undefined;
      stream.subscribe({
        error: (error: unknown) => said.push(error),
        complete: () => said.push('end'),
      });
      await settled();
      config.onUnhandledError = before;
      return said;
    };

    const cyclic = { role: 'user', content: [] as unknown[] };
    cyclic.content.push(cyclic);
    const nothing: unknown = Object.create(null);
    it.each<readonly [string, Partial<Provider<PlainWire>>, unknown, object]>([
      [
        'when the provider fails to describe an error',
        {
          describe: () => {
            throw new TypeError('Cannot read properties of undefined');
          },
        },
        new Error('no'),
        {},
      ],
      ['when an error cannot be printed', {}, nothing, {}],
      [
        'when an error is its own cause',
        {},
        Object.assign(new Error('no'), {
          get cause() {
            return this;
          },
        }),
        {},
      ],
      ['when the messages hold themselves', {}, new Error('no'), cyclic],
    ])('%s', async (_, parts, failure, message) => {
      // A client that is there at once: the failure then comes while it is subscribed to.
      const provider = plainProvider(
        throwError(() => failure),
        { connect: () => ({ key: '' }), ...parts },
      );
      const said = await heard(call(provider, 'plain-1', () => [message as typeof cyclic])());
      expect(said).toEqual([expect.any(StreamError)]);
    });

    it.each([Infinity, 2 ** 31])('when it is to wait %p ms for usage', async (usageWait) => {
      const wire = concat(
        of<PlainEvent[]>({ content: 'a', end: 'soon' }),
        timer(20).pipe(map((): PlainEvent => ({ content: 'b', end: 'now' }))),
      );
      let stream: Observable<StreamTuple<PlainWire, never>>;
      try {
        stream = call(plainProvider(wire), { model: 'plain-1', usageWait }, () => 'Hello')();
      } catch {
        return; // To refuse it is as good.
      }
      expect((await outcomeOf(stream)).values).toHaveLength(2);
    });
  });
});
