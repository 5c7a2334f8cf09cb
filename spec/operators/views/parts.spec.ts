import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  concat,
  concatMap,
  defer,
  delay,
  elementAt,
  EMPTY,
  firstValueFrom,
  from,
  lastValueFrom,
  map,
  mergeMap,
  of,
  reduce,
  retry,
  Subject,
  switchMap,
  take,
  takeUntil,
  toArray,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { StreamError, tool, type StreamTuple } from 'rx-llm';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import {
  finish,
  scriptedProvider,
  stall,
  streamOf,
  text,
  thinking,
  type Script,
  type ScriptedEvent,
  type ScriptedWire,
} from 'rx-llm/testing';
import { parts } from '../../../operators/views/parts.ts';
import type {
  StreamedPart,
  StreamedText,
  StreamedTool,
} from '../../../operators/views/streamed-part.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { piecesOf } from './pieces-of.ts';
import { piece } from './tool-call-piece.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });
const now = tool({ name: 'now', parameters: z.object({}) });
const tools = [weather, now] as const;

type Definition = (typeof tools)[number];
type Part = StreamedPart<ScriptedWire, Definition>;

/** Events by the letters of the marbles: thinking, text, and two tool calls. */
const events = {
  h: thinking('Hm'),
  i: thinking(', so'),
  a: text('He'),
  b: text('llo'),
  w: piece(0, '{"city":', { name: 'get_weather' }),
  v: piece(0, '"Oslo"}', { complete: true }),
  n: piece(1, '{', { name: 'now' }),
  m: piece(1, '}', { complete: true }),
};

/** The pieces that these events add, by the same letters. */
const added = {
  h: 'Hm',
  i: ', so',
  a: 'He',
  b: 'llo',
  w: '{"city":',
  v: '"Oslo"}',
  n: '{',
  m: '}',
};

const stream = (script: Script): Observable<StreamTuple<ScriptedWire, Definition>> =>
  streamOf(script, { tools });

const types = map(({ type }: Part) => type);

/** The part at a position; the others are left. */
const partAt = (
  source: Observable<StreamTuple<ScriptedWire, Definition>>,
  position: number,
): Observable<Part> => source.pipe(parts(), elementAt(position));

const deltasAt = (
  source: Observable<StreamTuple<ScriptedWire, Definition>>,
  position: number,
): Observable<string> => partAt(source, position).pipe(mergeMap(({ deltas }) => deltas));

/** The argument text of the tool at a position, or why it must not run. */
const toolAt = (
  source: Observable<StreamTuple<ScriptedWire, Definition>>,
  position: number,
): Observable<string> =>
  partAt(source, position).pipe(
    mergeMap((part) => (part.type === 'tool' ? part.tool : EMPTY)),
    map(({ argumentsText, error }) => error?.code ?? argumentsText),
  );

const partsOf = (
  source: Observable<StreamTuple<ScriptedWire, Definition>>,
): Promise<readonly Part[]> => lastValueFrom(source.pipe(parts(), toArray()));

const joined = ({ deltas }: Part): Promise<string> =>
  lastValueFrom(deltas.pipe(reduce((text, delta) => text + delta, '')));

describe('parts', () => {
  it('should give each part when it begins, its pieces as they come, and its end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const script = hot('                                -h-i-a-b-w-v-a-|', events);
      const source = stream(script);
      const begun = { h: 'thinking', a: 'text', w: 'tool' };
      expectObservable(source.pipe(parts(), types)).toBe('-h---a---w---a-|', begun);
      expectObservable(deltasAt(source, 0)).toBe('         -h-i-|          ', added);
      expectObservable(deltasAt(source, 1)).toBe('         -----a-b-|      ', added);
      expectObservable(deltasAt(source, 2)).toBe('         ---------w-(v|) ', added);
      expectObservable(deltasAt(source, 3)).toBe('         -------------a-|', added);
      const whole = { v: '{"city":"Oslo"}' };
      expectObservable(toolAt(source, 2)).toBe('           -----------(v|) ', whole);
      expectSubscriptions(script.subscriptions).toBe([
        '^--------------!',
        '^----!          ',
        '^--------!      ',
        '^----------!    ',
        '^--------------!',
        '^----------!    ',
      ]);
    });
  });

  it('should give interleaved tool calls side by side', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const source = stream(hot('                         -w-n-v-m-|  ', events));
      expectObservable(source.pipe(parts(), types)).toBe('-w-n-----|  ', { w: 'tool', n: 'tool' });
      expectObservable(deltasAt(source, 0)).toBe('         -w---(v|)   ', added);
      expectObservable(deltasAt(source, 1)).toBe('         ---n---(m|) ', added);
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold<StreamTuple<ScriptedWire, Definition>>('-');
      const empty = cold<StreamTuple<ScriptedWire, Definition>>('--|');
      const failing = cold<StreamTuple<ScriptedWire, Definition>>('--#', {}, 'mine');
      expectObservable(never.pipe(parts())).toBe('-');
      expectObservable(empty.pipe(parts())).toBe('--|');
      expectObservable(failing.pipe(parts())).toBe('--#', {}, 'mine');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^-!');
    });
  });

  it('should error with the source, and so do the parts that are open', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const failure = new StreamError('scripted', { code: 'server', message: 'It failed' });
      const source = stream(hot('                         -a-w-h-#', events, failure));
      const begun = { a: 'text', w: 'tool', h: 'thinking' };
      expectObservable(source.pipe(parts(), types)).toBe('-a-w-h-#', begun, failure);
      expectObservable(deltasAt(source, 0)).toBe('         -a-|    ', added);
      expectObservable(deltasAt(source, 1)).toBe('         ---w---#', added, failure);
      expectObservable(toolAt(source, 1)).toBe('           -------#', added, failure);
      expectObservable(deltasAt(source, 2)).toBe('         -----h-#', added, failure);
    });
  });

  it('should give a tool that must not run when the call is cut off by who left it', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const source = stream(hot('                -w-a-v-|  ', events));
      const stopped = source.pipe(takeUntilContains('He'));
      const cutOff = { a: 'invalid-tool-arguments' };
      expectObservable(toolAt(stopped, 0)).toBe('---(a|)  ', cutOff);
      expectObservable(deltasAt(stopped, 0)).toBe('-w-|    ', added);
    });
  });

  it('should leave the source when nobody reads any more', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const script = hot('-h-i-a-b-|', events);
      const source = stream(script);
      expectObservable(source.pipe(parts(), types), '--!').toBe('-h', { h: 'thinking' });
      expectObservable(deltasAt(source, 0), '--!').toBe('-h', added);
      expectObservable(deltasAt(source, 0)).toBe('-h-i-|', added);
      expectSubscriptions(script.subscriptions).toBe(['^-!', '^-!', '^----!']);
    });
  });

  it('should go on for as long as one part is read', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const script = hot('-w-n-v-m-a-|', events);
      const both = stream(script).pipe(
        parts(),
        take(2),
        mergeMap(({ deltas }) => deltas),
      );
      expectObservable(both).toBe('-w-n-v-(m|)', added);
      expectSubscriptions(script.subscriptions).toBe('^------!');
    });
  });

  it('should give all of a part to who reads it later', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const script = hot('-h-i-a-b-|', events);
      const late = stream(script).pipe(
        parts(),
        delay(4),
        mergeMap(({ deltas }) => deltas),
      );
      expectObservable(late).toBe('-----(hi)(ab|)', added);
      expectSubscriptions(script.subscriptions).toBe('^--------!');
    });
  });

  it('should give all of a part after its end, any number of times', async () => {
    const all = await partsOf(stream([events.h, events.i, events.a, events.w, events.v]));
    for (let times = 0; times < 2; times++) {
      expect(await Promise.all(all.map(joined))).toEqual(['Hm, so', 'He', '{"city":"Oslo"}']);
    }
    const { tool } = all[2] as StreamedTool<ScriptedWire, Definition>;
    expect(await lastValueFrom(tool)).toMatchObject({ args: { city: 'Oslo' } });
  });

  it('should give the same to those who read at the same time', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const first = partAt(stream(hot('   -h-i-a-|', events)), 0);
      const twice = first.pipe(mergeMap(({ deltas }) => [deltas, deltas.pipe(delay(1))]));
      expectObservable(twice.pipe(mergeMap((deltas) => deltas))).toBe('-hhii|', added);
    });
  });

  it('should give the text so far', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const source = stream(hot('          -a-b-h-|', events));
      const texts = { a: 'He', b: 'Hello' };
      const first = partAt(source, 0) as Observable<StreamedText<ScriptedWire>>;
      expectObservable(first.pipe(mergeMap(({ text }) => text))).toBe('-a-b-|', texts);
    });
  });

  it('should give one part after the other as well as all at once', async () => {
    const source = stream([events.w, 'one', events.n, events.v, 'two', events.m]);
    const print = (part: StreamedPart) => concat(of(`[${part.type}]`), part.deltas);
    const printed = await lastValueFrom(source.pipe(parts(), concatMap(print), toArray()));
    expect(printed.join('')).toBe('[tool]{"city":"Oslo"}[text]one[tool]{}[text]two');
  });

  it('should close the connection when the last reader leaves', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider(['one', thinking('Hm'), stall()]);
      const subscription = llm
        .call('m', () => 'Hi')()
        .pipe(
          parts(),
          take(1),
          mergeMap(({ deltas }) => deltas),
        )
        .subscribe();
      flush();
      expect(subscription.closed).toBe(true);
      expect(llm.requests.map(({ state }) => state)).toEqual(['unsubscribed']);
    });
  });

  it.each([
    ['text', ['one'], ['one']],
    ['tool', [events.w, events.v], ['{"city":']],
  ])('should tell who comes after that to a part of %s', async (_, script, arrived) => {
    const part = await firstValueFrom(stream([...script, stall()]).pipe(parts()));
    const { values, error } = await outcomeOf(part.deltas);
    expect(values).toEqual(arrived);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({
      code: 'aborted',
      message:
        '[rx-llm] The stream was left before this part had ended; subscribe to a part before the last reader leaves.',
    });
    const whole: Observable<unknown> = part.type === 'tool' ? part.tool : part.text;
    expect(await outcomeOf(whole)).toMatchObject({ completed: false, error });
  });

  it('should let a reader join while others still read', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const script = hot('               -w-n-v-m-|  ', events);
      const begun: Part[] = [];
      const first = stream(script).pipe(
        parts(),
        take(2),
        mergeMap((part, position) => {
          begun.push(part);
          return position === 0 ? part.deltas : EMPTY;
        }),
      );
      const second = defer(() => begun[1]!.deltas);
      expectObservable(first).toBe('         -w---(v|)   ', added);
      expectObservable(second, '----^').toBe('----n--(m|) ', added);
      expectSubscriptions(script.subscriptions).toBe('^------!');
    });
  });

  it('should leave a synchronous source at once', async () => {
    let taken = 0;
    const tuples = await lastValueFrom(stream(['one', thinking('Hm'), 'two']).pipe(toArray()));
    const source = from(tuples).pipe(map((tuple) => (taken++, tuple)));
    const first = source.pipe(
      parts(),
      take(1),
      mergeMap(({ deltas }) => deltas),
    );
    expect(await outcomeOf(first)).toEqual({ values: ['one'], completed: true, error: null });
    expect(taken).toBe(2);
  });

  it('should ask for nothing when nobody is there any more', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider([text('Hi'), stall()]);
      const ask = llm.call('m', () => 'Hello');
      const stop = new Subject<void>();
      const answer = defer(() => {
        stop.next();
        return ask().pipe(parts());
      });
      of(1)
        .pipe(
          switchMap(() => answer),
          takeUntil(stop),
        )
        .subscribe();
      flush();
      expect(llm.requests).toEqual([]);
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('                    -h-a-w-v-|  ', events);
      const result = stream(script).pipe(
        parts(),
        mergeMap(({ deltas }) => deltas),
      );
      expectObservable(result).toBe('          -h-a-w-v-|  ', added);
      expectObservable(result, '--^').toBe('   ---h-a-w-v-|', added);
      expectSubscriptions(script.subscriptions).toBe(['^--------!', '--^--------!']);
    });
  });

  it('should begin new parts after a retry', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const twice = defer(() => {
        const scripts = [cold('-a-#', events), cold('-a-b-|', events)];
        const llm = scriptedProvider((_, position) => scripts[position]!);
        return llm
          .call({ model: 'm', tools }, () => 'Hi')()
          .pipe(retry(1));
      });
      expectObservable(deltasAt(twice, 0)).toBe('-a--|   ', added);
      expectObservable(deltasAt(twice, 1)).toBe('----a-b-|', added);
    });
  });

  it('should give all of a stream, each tool in one part, however calls interleave', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (script) => {
        const source = stream(script);
        const all = await partsOf(source);
        const response = await lastValueFrom(source.pipe(toCallResponse()));
        const textOf = async (type: Part['type']): Promise<string> =>
          (await Promise.all(all.filter((part) => part.type === type).map(joined))).join('');
        expect(await textOf('text')).toBe(response.content);
        expect(await textOf('thinking')).toBe(response.thinking);
        const toolParts = all.filter((part) => part.type === 'tool');
        const given = await Promise.all(toolParts.map(({ tool }) => lastValueFrom(tool)));
        expect(toolParts.map(({ index }) => index)).toEqual(given.map(({ index }) => index));
        expect(await Promise.all(toolParts.map(joined))).toEqual(
          given.map(({ argumentsText }) => argumentsText),
        );
        const facts = ({ index, name, argumentsText }: (typeof given)[number]) =>
          [index, name, argumentsText].join();
        expect(given.map(facts).sort()).toEqual(response.tools.map(facts).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('should know the tools and the provider by type', () => {
    const source = stream('Hi');
    expectTypeOf(source.pipe(parts())).toEqualTypeOf<Observable<Part>>();
    const options = { model: 'm', tools, partialTools: true } as const;
    const partial = scriptedProvider('Hi').call(options, () => 'Hi')();
    expectTypeOf(partial.pipe(parts())).toEqualTypeOf<Observable<Part>>();
    const calls = partial.pipe(
      parts(),
      mergeMap((part) => (part.type === 'tool' ? part.tool : EMPTY)),
      mergeMap((tool) => (tool.name === 'get_weather' && tool.error === null ? [tool.args] : [])),
    );
    expectTypeOf(calls).toEqualTypeOf<Observable<{ city: string }>>();
  });
});

/** Scripts of thinking, text and up to five tool calls at a time, their pieces in any order. */
const anyAnswer: fc.Arbitrary<readonly ScriptedEvent[]> = fc
  .record({
    said: fc.array(fc.oneof(fc.string().map(text), fc.string().map(thinking)), { maxLength: 12 }),
    calls: fc.array(
      fc.record({
        name: fc.constantFrom('get_weather', 'now', 'unknown'),
        args: fc.oneof(fc.json(), fc.constant('{"city":"Oslo"}'), fc.constant('')),
        cuts: fc.array(fc.nat(50), { maxLength: 4 }),
        complete: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
    order: fc.array(fc.nat(100), { minLength: 1 }),
  })
  .map(({ said, calls, order }) => {
    const queues = calls.map(({ name, args, cuts, complete }, index) => {
      const pieces = piecesOf(args, cuts);
      return pieces.map((json, at) =>
        piece(index, json, {
          ...(at === 0 && { name }),
          complete: complete && at === pieces.length - 1,
        }),
      );
    });
    return [...interleaved([said, ...queues], order), finish('tool_calls')];
  });

/** Takes from the lists in turn, as `order` says; each keeps its own order. */
function interleaved<T>(lists: readonly (readonly T[])[], order: readonly number[]): readonly T[] {
  const rest = lists.map((list) => [...list]).filter(({ length }) => length > 0);
  const all: T[] = [];
  while (rest.length > 0) {
    const at = order[all.length % order.length]! % rest.length;
    all.push(...rest[at]!.splice(0, 1));
    if (rest[at]!.length === 0) rest.splice(at, 1);
  }
  return all;
}
