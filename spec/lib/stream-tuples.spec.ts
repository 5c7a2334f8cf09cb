import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  asyncScheduler,
  catchError,
  concat,
  config,
  map,
  NEVER,
  of,
  queueScheduler,
  range,
  take,
  tap,
  throwError,
  type Observable,
  VirtualTimeScheduler,
} from 'rxjs';
import type { CallContext, StreamTuple } from '../../lib/chunk.ts';
import type { Provider } from '../../lib/provider.ts';
import { responseModel, type ResponseModel } from '../../lib/response-model.ts';
import { StreamError, truncated } from '../../lib/stream-error.ts';
import { streamTuples, type StreamOptions } from '../../lib/stream-tuples.ts';
import { tool } from '../../lib/tool.ts';
import type { ToolCallDelta } from '../../lib/tool-call.ts';
import { commonUsage } from '../../lib/usage.ts';
import { outcomeOf, settled } from '../support/outcome.ts';
import { inVirtualTime } from '../support/virtual-time.ts';
import {
  piece,
  plainCall,
  plainProvider,
  type PlainEvent,
  type PlainWire,
} from './plain-provider.ts';

const add = tool({ name: 'add', parameters: { type: 'object', required: ['a'] } });
const now = tool({ name: 'now', parameters: { type: 'object' } });

interface Given extends Partial<StreamOptions> {
  readonly call?: Partial<CallContext<PlainWire>>;
  readonly provider?: Partial<Provider<PlainWire>>;
  readonly onEnd?: (position: number) => void;
}

const streamOf = (
  events: Observable<PlainEvent>,
  { call, provider, onEnd = () => undefined, ...options }: Given = {},
): Observable<StreamTuple<PlainWire>> =>
  streamTuples<PlainWire>(
    plainCall({ tools: [add, now], provider: plainProvider(undefined, provider), ...call }),
    events,
    { invalidTools: 'deliver', usageWait: 1000, scheduler: asyncScheduler, ...options },
    (error) =>
      error instanceof StreamError
        ? error
        : new StreamError('plain', { code: 'provider', message: 'It failed' }, { cause: error }),
    onEnd,
  );

/** Tuples as their texts, errors as what they say and carry. */
const shown = (stream: Observable<StreamTuple<PlainWire>>): Observable<string> =>
  stream.pipe(
    map(([chunk]) => chunk.content),
    catchError((error: unknown) => {
      const { code, partial } = error as StreamError;
      return throwError(() => new Error(`${code} after ${partial?.content ?? 'nothing'}`));
    }),
  );

const usage = commonUsage({ inputTokens: 9, outputTokens: 4 });

/** Events by the letters of the marbles. */
const events: Readonly<Record<string, PlainEvent>> = {
  a: { content: 'a' },
  b: { content: 'b' },
  s: { content: 's', end: 'soon' },
  n: { content: 'n', end: 'now' },
  u: { content: 'u', usage, commonUsage: usage },
};

const letters = { a: 'a', b: 'b', s: 's', n: 'n', u: 'u' };

describe('streamTuples', () => {
  /** What happens, the source, how long it is subscribed to, the result; the wait for usage is 5 ms. */
  const ends: readonly (readonly [string, string, string, string, string])[] = [
    ['complete at the terminator after evidence', '-a-s-u-|  ', '^------!  ', '-a-s-u-|  ', ''],
    ['complete at the terminator without any', '-a-b-|    ', '^----!    ', '-a-b-|    ', ''],
    ['complete at once when nothing follows', '-a-n-b-|  ', '^--!      ', '-a-(n|)   ', ''],
    ['wait for usage as long as told', '-a-s------', '^-------! ', '-a-s----| ', ''],
    ['take the usage that follows', '-a-s-u----', '^-------! ', '-a-s-u--| ', ''],
    ['wait once, from the first evidence', '-a-s--s--s', '^-------! ', '-a-s--s-| ', ''],
    ['stop waiting when nothing follows', '-a-s-n----', '^----!    ', '-a-s-(n|) ', ''],
    ['go on for as long as nothing ends it', '-a---b----', '^--------!', '-a---b----', ''],
    ['error when it has no chunk', '---|      ', '^--!      ', '---#      ', 'empty after nothing'],
    [
      'error before the first chunk',
      '---#      ',
      '^--!      ',
      '---#      ',
      'provider after nothing',
    ],
    ['error with what had arrived', '-a-b-#    ', '^----!    ', '-a-b-#    ', 'provider after ab'],
    ['error after evidence too', '-a-s-#    ', '^----!    ', '-a-s-#    ', 'provider after as'],
  ];
  it.each(ends)('should %s', (_, source, subscribed, expected, failure) => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const wire = cold(source, events);
      const stream = shown(streamOf(wire, { usageWait: 5 }));
      expectObservable(stream, '^--------!').toBe(expected, letters, new Error(failure));
      expectSubscriptions(wire.subscriptions).toBe(subscribed);
    });
  });

  it.each(['truncated', 'connection', 'timeout'] as const)(
    'should complete when the connection is lost (%s) after evidence, and error before it',
    (code) => {
      const lost = new StreamError('plain', { code, message: 'Lost' });
      inVirtualTime(({ cold, expectObservable }) => {
        const after = cold('  -a-s-#', events, lost);
        expectObservable(shown(streamOf(after))).toBe('-a-s-|', letters);
        const before = cold(' -a-#', events, lost);
        expectObservable(shown(streamOf(before))).toBe(
          '-a-#',
          letters,
          new Error(`${code} after a`),
        );
      });
    },
  );

  it('should complete at once with a wait of 0, after the event that is the evidence', () =>
    inVirtualTime(({ cold, expectObservable }) => {
      const wire = cold('-a-s-u-', events);
      expectObservable(shown(streamOf(wire, { usageWait: 0 }))).toBe('-a-(s|)', letters);
    }));

  it('should measure time with the scheduler it is given', () => {
    const scheduler = new VirtualTimeScheduler();
    const said: unknown[] = [];
    streamOf(concat(of(events['a']!, events['s']!), NEVER), { scheduler }).subscribe({
      next: ([chunk]) => said.push(chunk.time),
      complete: () => said.push(`complete at ${scheduler.now()}`),
    });
    expect(said).toEqual([0, 0]);
    scheduler.flush();
    expect(said).toEqual([0, 0, 'complete at 1000']);
  });

  it('should unsubscribe from the events when it is unsubscribed from', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const wire = cold('  -a-s-----', events);
      const unsubscribed = '^---!    ';
      let ended = false;
      const stream = streamOf(wire, { usageWait: 3, onEnd: () => (ended = true) });
      expectObservable(shown(stream), unsubscribed).toBe('-a-s-', letters);
      expectSubscriptions(wire.subscriptions).toBe(unsubscribed);
      expect(ended).toBe(false);
    }));

  it('should leave no timer behind', () => {
    const scheduler = new VirtualTimeScheduler();
    const subscription = streamOf(concat(of(events['s']!), NEVER), { scheduler }).subscribe();
    expect(scheduler.actions).toHaveLength(1);
    subscription.unsubscribe();
    expect(scheduler.actions).toHaveLength(0);
  });

  it('should start anew for every subscriber', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const wire = cold('       -a-s---', events);
      const stream = shown(streamOf(wire, { usageWait: 2 }));
      expectObservable(stream).toBe('             -a-s-|', letters);
      expectObservable(stream, '--^').toBe('      ---a-s-|', letters);
      expectSubscriptions(wire.subscriptions).toBe(['^----!', '--^----!']);
    }));

  it('should tell of its end exactly when it ends truthfully', () => {
    const endOf = (source: string): readonly string[] => {
      const said: string[] = [];
      inVirtualTime(({ cold, flush }) => {
        streamOf(cold(source, events), { usageWait: 2, onEnd: () => said.push('ended') }).subscribe(
          {
            error: () => said.push('error'),
            complete: () => said.push('complete'),
          },
        );
        flush();
      });
      return said;
    };
    for (const source of ['-a-|', '-a-s---', '-n', '-a-s|']) {
      expect(endOf(source)).toEqual(['ended', 'complete']);
    }
    for (const source of ['-a-#', '-|']) expect(endOf(source)).toEqual(['error']);
    expect(endOf('-a---')).toEqual([]);
  });

  it('should number its tuples, and tell at the end which was the last of the answer', async () => {
    const opening = piece({ index: 0, id: 'call_0', name: 'now' });
    const other = { ...opening, index: 1, id: 'call_1' };
    const ending: PlainEvent = { finishReasons: ['done'], end: 'soon' };
    const counts: PlainEvent = { usage, commonUsage: usage };
    const cases: readonly (readonly [readonly PlainEvent[], number])[] = [
      [[{ content: 'a' }, { content: 'b' }, {}, ending, counts], 2],
      [[{ thinking: 'a' }, counts], 1],
      [[{}, { refusal: 'No' }, {}], 2],
      [[{}, { audio: Uint8Array.of(1) }, { audioTranscript: 'a' }, {}], 3],
      // The end of a turn decides whether its calls run.
      [[{ toolCalls: [opening], endedToolCalls: 'all' }, ending, counts], 2],
      [[{ toolCalls: [opening, other] }, ending, counts], 3],
      [[{ toolCalls: [opening] }, {}], 3],
      [[{ toolCalls: [opening, other] }, {}], 4],
      [[{}, counts], 0],
    ];
    for (const [source, expected] of cases) {
      let last: number | null = null;
      const stream = streamOf(of(...source), { onEnd: (position) => (last = position) });
      const { values } = await outcomeOf(stream);
      expect(last).toBe(expected);
      expect(values.map(([{ position }]) => position)).toEqual(values.map((_, at) => at + 1));
    }
  });

  it('should give a tuple for an event it knows nothing of', async () => {
    const { values } = await outcomeOf(
      streamOf(of<PlainEvent[]>({}, { content: 'a' }, {}, { end: 'now' })),
    );
    expect(values.map(([chunk, called]) => [chunk.content, called])).toEqual([
      ['', null],
      ['a', null],
      ['', null],
      ['', null],
    ]);
  });

  it('should error for an event that cannot be decoded, with what had arrived', () => {
    const decode = (event: PlainEvent): PlainEvent => {
      if (event.content === 'b') throw new RangeError('no such length');
      return event;
    };
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const wire = cold('-a-b-a|', events);
      const stream = streamOf(wire, { provider: { decode } });
      expectObservable(shown(stream)).toBe(
        '-a-#',
        { a: 'a' },
        new Error('invalid-response after a'),
      );
      expectSubscriptions(wire.subscriptions).toBe('^--!');
    });
  });

  it('should keep what decoding failed with as the cause, and out of the message', async () => {
    const cause = new RangeError('a prompt, perhaps');
    const decode = (): never => {
      throw cause;
    };
    const { error } = await outcomeOf(streamOf(of({ content: 'a' }), { provider: { decode } }));
    expect(error).toMatchObject({ code: 'invalid-response', cause, partial: null });
    expect((error as StreamError).message).not.toContain('perhaps');
  });

  it('should decode nothing of a burst after it is unsubscribed from', async () => {
    const decoded: PlainEvent[] = [];
    const decode = (event: PlainEvent): PlainEvent => {
      decoded.push(event);
      return event;
    };
    const stream = streamOf(of(events['a']!, events['b']!, events['n']!), { provider: { decode } });
    const { values, completed } = await outcomeOf(stream.pipe(take(1)));
    expect({ count: values.length, completed }).toEqual({ count: 1, completed: true });
    expect(decoded).toEqual([events['a']]);
  });

  it('should carry what operators below it never saw', async () => {
    const lost = concat(
      of({ content: 'a' }, { content: 'b' }),
      throwError(() => truncated('plain')),
    );
    const { values, error } = await outcomeOf(streamOf(lost).pipe(map(() => 'changed')));
    expect(values).toEqual(['changed', 'changed']);
    expect((error as StreamError).partial).toMatchObject({ content: 'ab', interrupted: true });
  });

  describe('tool calls', () => {
    const call = (index: number, parts: object = {}): readonly ToolCallDelta[] => [
      piece({ index, id: `call_${index}`, name: 'now', arguments: '{}', ...parts }),
    ];
    const toolsOf = async (source: readonly PlainEvent[], given: Given = {}) => {
      const { values, error, completed } = await outcomeOf(streamOf(of(...source), given));
      const rows = values.map(([chunk, called]) => [
        chunk.continuation ? '+' : chunk.content,
        called?.id ?? null,
      ]);
      const tools = values.flatMap(([, called]) => called ?? []);
      return { values, rows, tools, error: error as StreamError | null, completed };
    };

    it('should come with the event that ends them', async () => {
      const { rows } = await toolsOf([
        { content: 'a', toolCalls: call(0, { arguments: '{' }) },
        { content: 'b', toolCalls: call(0, { arguments: '}' }) },
        { content: 'c', endedToolCalls: [0] },
        { content: 'd', toolCalls: call(1), endedToolCalls: [1] },
        { content: 'e', toolCalls: call(2) },
        { content: 'f', end: 'now' },
      ]);
      expect(rows).toEqual([
        ['a', null],
        ['b', null],
        ['c', 'call_0'],
        ['d', 'call_1'],
        ['e', null],
        ['f', 'call_2'],
      ]);
    });

    it('should never come because their JSON happens to be whole', async () => {
      const lost = concat(
        of({ content: 'a', toolCalls: call(0) }),
        throwError(() => truncated('plain')),
      );
      const { values, error } = await outcomeOf(streamOf(lost));
      expect(values.map(([, called]) => called)).toEqual([null]);
      expect((error as StreamError).partial?.tools).toMatchObject([{ id: 'call_0', args: null }]);
    });

    it('should come on continuations when one event ends several, in their order', async () => {
      const { rows, values } = await toolsOf([
        { content: 'a', toolCalls: [...call(0), ...call(1), ...call(2)] },
        { content: 'b', endedToolCalls: 'all', usage, commonUsage: usage },
        { content: 'c', end: 'now' },
      ]);
      expect(rows).toEqual([
        ['a', null],
        ['b', 'call_0'],
        ['+', 'call_1'],
        ['+', 'call_2'],
        ['c', null],
      ]);
      expect(values.filter(([chunk]) => chunk.usage !== null)).toHaveLength(1);
      expect(values.map(([chunk]) => chunk.content).join('')).toBe('abc');
      expect(values[2]![0].chunk).toBe(values[1]![0].chunk);
    });

    it('should be ended by index, and the others go on', async () => {
      const { rows } = await toolsOf([
        { content: 'a', toolCalls: [...call(0, { arguments: '{' }), ...call(1)] },
        { content: 'b', endedToolCalls: [1, 7] },
        { content: 'c', toolCalls: call(0, { id: null, arguments: '}' }), end: 'soon' },
      ]);
      expect(rows).toEqual([
        ['a', null],
        ['b', 'call_1'],
        ['c', 'call_0'],
      ]);
    });

    it('should come at the terminator when nothing else has ended them', async () => {
      const { rows, completed } = await toolsOf([
        { content: 'a', toolCalls: [...call(0), ...call(1)] },
        { content: 'b' },
      ]);
      expect(completed).toBe(true);
      expect(rows).toEqual([
        ['a', null],
        ['b', null],
        ['+', 'call_0'],
        ['+', 'call_1'],
      ]);
    });

    it('should be told apart when their server numbers every one 0', async () => {
      const { tools } = await toolsOf([
        { toolCalls: [...call(0, { id: 'a' }), ...call(0, { id: 'b' })] },
        { end: 'now' },
      ]);
      expect(tools.map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('should carry the pieces as they came and the call as the provider puts it', async () => {
      const toolCalls = call(0, { extra: { signature: 'x' } });
      const { values, tools } = await toolsOf([{ toolCalls }, { end: 'now' }]);
      expect(values[0]![0].toolCallDeltas).toBe(toolCalls);
      expect(tools[0]!.toolCall).toEqual({ id: 'call_0', name: 'now', json: '{}' });
    });

    it('should be delivered with their error when they must not run', async () => {
      const { tools, completed } = await toolsOf([
        { toolCalls: [...call(0, { name: 'fly' }), ...call(1, { name: 'add' })] },
        { end: 'now' },
      ]);
      expect(completed).toBe(true);
      expect(tools.map(({ error }) => error?.code)).toEqual([
        'unknown-tool',
        'invalid-tool-arguments',
      ]);
    });

    it('should error when told to, after the event itself and with everything so far', async () => {
      const { rows, error } = await toolsOf(
        [
          { content: 'a', toolCalls: [...call(0), ...call(1, { name: 'fly' }), ...call(2)] },
          { content: 'b', endedToolCalls: 'all' },
          { content: 'c', end: 'now' },
        ],
        { invalidTools: 'error' },
      );
      expect(rows).toEqual([
        ['a', null],
        ['b', 'call_0'],
      ]);
      expect(error).toMatchObject({ code: 'unknown-tool', partial: { content: 'ab' } });
      expect(error?.partial?.tools.map(({ id }) => id)).toEqual(['call_0', 'call_1', 'call_2']);
    });

    it('should not swallow the text of the event whose call is an error', async () => {
      const { rows, error } = await toolsOf(
        [{ content: 'a', toolCalls: call(0, { name: 'fly' }), endedToolCalls: 'all' }],
        { invalidTools: 'error' },
      );
      expect(rows).toEqual([['a', null]]);
      expect(error?.code).toBe('unknown-tool');
    });

    it('should stop at the first tuple that is enough, within one event', async () => {
      const source = of<PlainEvent[]>({
        toolCalls: [...call(0), ...call(1), ...call(2)],
        end: 'now',
      });
      let ended = false;
      const stream = streamOf(source, { onEnd: () => (ended = true) }).pipe(take(2));
      expect((await outcomeOf(stream)).values.map(([, called]) => called?.id)).toEqual([
        'call_0',
        'call_1',
      ]);
      expect(ended).toBe(false);
    });

    it('should not be looked at any more when they are open while everybody leaves', () => {
      let looked = 0;
      const validate = (): { readonly ok: true; readonly value: null } => {
        looked++;
        return { ok: true, value: null };
      };
      const source = concat(of({ toolCalls: call(0) }), NEVER);
      const context = { tools: [{ ...now, validate }] };
      streamOf(source, { call: context }).subscribe().unsubscribe();
      streamOf(source, { call: context }).pipe(take(1)).subscribe();
      expect(looked).toBe(0);
    });

    it('should come each exactly once, however their pieces and ends are spread', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({ pieces: fc.array(fc.string(), { maxLength: 4 }), marked: fc.boolean() }),
          ),
          async (calls) => {
            const source = calls.flatMap(({ pieces, marked }, index): PlainEvent[] => [
              { toolCalls: call(index, { arguments: '' }) },
              ...pieces.map((text) => ({ toolCalls: [piece({ index, arguments: text })] })),
              ...(marked ? [{ endedToolCalls: [index] }] : []),
            ]);
            const { tools, values } = await toolsOf([...source, { end: 'now' }]);
            const byIndex = tools.toSorted((a, b) => a.index - b.index);
            expect(byIndex.map(({ argumentsText }) => argumentsText)).toEqual(
              calls.map(({ pieces }) => pieces.join('')),
            );
            expect(values.filter(([chunk]) => !chunk.continuation)).toHaveLength(source.length + 1);
          },
        ),
      ));

    it('should have numbers and ids of their own where the provider gives none', async () => {
      const whole = { toolCalls: [piece({ name: 'now' })], endedToolCalls: 'all' } as const;
      const { tools } = await toolsOf([whole, whole, { end: 'now' }]);
      expect(tools.map(({ index, id }) => [index, id])).toEqual([
        [0, 'call_0'],
        [1, 'call_1'],
      ]);
    });

    it('should not be taken for calls without arguments when the limit cuts them off', async () => {
      const { tools } = await toolsOf([
        { toolCalls: call(0, { arguments: '' }) },
        { finishReasons: ['limit'], end: 'soon' },
      ]);
      expect(tools).toMatchObject([{ args: null, error: { code: 'invalid-tool-arguments' } }]);
    });

    it('should not be taken for whole when they begin after the evidence and are cut', async () => {
      const lost = concat(
        of<PlainEvent[]>({ content: 'a', end: 'soon' }, { toolCalls: call(0, { arguments: '' }) }),
        throwError(() => truncated('plain')),
      );
      const { values } = await outcomeOf(streamOf(lost));
      expect(
        values.flatMap(([, called]) => called ?? []).filter(({ error }) => error === null),
      ).toEqual([]);
    });
  });

  const thrower = (): never => {
    throw new TypeError('Cannot read properties of null');
  };
  it.each<readonly [string, Partial<Provider<PlainWire>>]>([
    ['rebuild the response', { response: { add: thrower, result: () => [] } }],
    ['name the finish reason', { commonFinishReason: thrower }],
    ['show the tool call', { toolCall: thrower }],
  ])('should error when the provider fails to %s', async (_, provider) => {
    const before = config.onUnhandledError;
    config.onUnhandledError = () => undefined;
    try {
      const errors: unknown[] = [];
      const event: PlainEvent = {
        toolCalls: [piece({ index: 0, name: 'now' })],
        finishReasons: ['done'],
        end: 'soon',
      };
      const stream = streamOf(concat(of(event), NEVER), { provider });
      stream.subscribe({ error: (error: unknown) => errors.push(error) });
      await settled();
      expect(errors).toMatchObject([{ code: 'invalid-response' }]);
    } finally {
      config.onUnhandledError = before;
    }
  });

  it('should not end before the event that is the evidence, whatever the scheduler', async () => {
    const source = concat(
      of({ content: 'a' }),
      of<PlainEvent>({ content: 's', end: 'soon' }),
      NEVER,
    );
    const stream = shown(streamOf(source, { usageWait: 0, scheduler: queueScheduler }));
    expect((await outcomeOf(stream)).values).toEqual(['a', 's']);
  });

  it('should leave a synchronous source as soon as it is enough', async () => {
    let emitted = 0;
    const source = range(0, 1000).pipe(
      tap(() => emitted++),
      map((): PlainEvent => ({ content: 'a' })),
    );
    await outcomeOf(streamOf(source).pipe(take(1)));
    expect(emitted).toBe(1);
  });

  describe('partial tools', () => {
    const partial = { partialTools: true } as const;

    /** Tuples as the tool each of them has: the piece of a partial one, the arguments of a whole one. */
    const toolsOf = async (source: Observable<PlainEvent>, given: Given = { call: partial }) => {
      const { values } = await outcomeOf(streamOf(source, given));
      // The type of a call says whether there are partial ones; a stream made here does not.
      const tuples = values as readonly StreamTuple<
        PlainWire,
        typeof add,
        ResponseModel,
        boolean
      >[];
      return tuples.map(([chunk, each]) => {
        if (each === null) return chunk.continuation ? 'more' : null;
        const shown = each.delta ?? `whole ${each.argumentsText}`;
        return chunk.continuation ? `more: ${shown}` : shown;
      });
    };

    it('should come with every piece, the first on its event and the further ones on continuations', async () => {
      const source = of<PlainEvent[]>(
        { content: 'a' },
        { toolCalls: [piece({ index: 0, id: 'c0', name: 'add', arguments: '{"a"' })] },
        {
          toolCalls: [
            piece({ index: 1, id: 'c1', name: 'now' }),
            piece({ index: 0, arguments: ':1}' }),
            piece({ index: 1, arguments: '{}' }),
          ],
        },
        { endedToolCalls: 'all' },
        { end: 'now' },
      );
      expect(await toolsOf(source)).toEqual([
        null,
        '{"a"',
        '',
        'more: :1}',
        'more: {}',
        'whole {"a":1}',
        'more: whole {}',
        null,
      ]);
    });

    it('should come before the whole call where one event brings all of it', async () => {
      const source = of<PlainEvent[]>(
        {
          toolCalls: [piece({ index: 0, name: 'add', arguments: '{"a":1}' })],
          endedToolCalls: [0],
        },
        { end: 'now' },
      );
      expect(await toolsOf(source)).toEqual(['{"a":1}', 'more: whole {"a":1}', null]);
    });

    it('should not come unless they are asked for', async () => {
      const source = of<PlainEvent[]>(
        { toolCalls: [piece({ index: 0, name: 'add', arguments: '{"a":1}' })] },
        { end: 'now' },
      );
      expect(await toolsOf(source, {})).toEqual([null, 'whole {"a":1}']);
    });

    it('should be no reason to fail where invalid tools are errors', async () => {
      const source = of<PlainEvent[]>(
        { toolCalls: [piece({ index: 0, name: 'add', arguments: '{' })] },
        { end: 'soon' },
      );
      const given = { call: partial, invalidTools: 'error', usageWait: 0 } as const;
      const { values, error } = await outcomeOf(streamOf(source, given));
      expect(values.map(([, each]) => each?.delta)).toEqual(['{', undefined]);
      expect(error).toMatchObject({ code: 'invalid-tool-arguments' });
    });

    it('should start anew with every subscription', async () => {
      const source = of<PlainEvent[]>(
        { toolCalls: [piece({ index: 0, name: 'add', arguments: '{"a":"x' })] },
        { toolCalls: [piece({ index: 0, arguments: '"}' })] },
        { end: 'now' },
      );
      const stream = streamOf(source, { call: partial });
      for (let run = 0; run < 2; run++) {
        const { values } = await outcomeOf(stream);
        expect(values[0]![1]).toMatchObject({ args: { a: 'x' } });
      }
    });
  });

  describe('an answer that comes as the arguments of a tool', () => {
    const shape = {
      model: responseModel({ type: 'object' }),
      mode: 'tool',
      wrapped: false,
      tool: 'answer',
      fields: {},
    } as const;
    const given = { call: { shape, partialTools: true } };
    const answer = (text: string, parts: Partial<ToolCallDelta> = {}): PlainEvent => ({
      toolCalls: [piece({ index: 0, arguments: text, ...parts })],
    });

    it('should be the text, behind the text of the same event', async () => {
      const source = of<PlainEvent[]>(
        { content: 'So: ', ...answer('{"a"', { id: 'c0', name: 'answer' }) },
        answer(':1}'),
        { endedToolCalls: 'all', finishReasons: ['calls'], end: 'now' },
      );
      const { values, completed } = await outcomeOf(streamOf(source, given));
      expect(completed).toBe(true);
      expect(values.map(([{ content }, each]) => [content, each])).toEqual([
        ['So: {"a"', null],
        [':1}', null],
        ['', null],
      ]);
      // What the event says stays on the chunk.
      expect(values[1]![0].toolCallDeltas).toHaveLength(1);
    });

    it('should have what came before its name', async () => {
      const source = of<PlainEvent[]>(
        answer('{"a"', { id: 'c0' }),
        answer(':', { name: 'answer' }),
        answer('1}'),
        { endedToolCalls: 'all', finishReasons: ['calls'], end: 'now' },
      );
      const { values } = await outcomeOf(streamOf(source, given));
      expect(values.map(([{ content }]) => content)).toEqual(['', '{"a":', '1}', '']);
    });

    it('should leave other tools as they are', async () => {
      const source = of<PlainEvent[]>(
        { toolCalls: [piece({ index: 0, id: 'c0', name: 'now', arguments: '{}' })] },
        { toolCalls: [piece({ index: 1, id: 'c1', name: 'answer', arguments: '{"a":1}' })] },
        { end: 'now' },
      );
      const { values } = await outcomeOf(streamOf(source, given));
      expect(values.map(([{ content }]) => content).join('')).toBe('{"a":1}');
      expect(values.flatMap(([, each]) => (each === null ? [] : [each.name]))).toEqual([
        'now',
        'now',
      ]);
    });

    it('should be no tool that was cut off', async () => {
      const source = of<PlainEvent[]>(answer('{"a"', { id: 'c0', name: 'answer' }), {
        finishReasons: ['limit'],
        end: 'soon',
      });
      const { values } = await outcomeOf(streamOf(source, { ...given, usageWait: 0 }));
      expect(values.map(([, each]) => each)).toEqual([null, null]);
    });
  });
});
