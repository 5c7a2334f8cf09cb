import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  asyncScheduler,
  concat,
  concatMap,
  from,
  last,
  lastValueFrom,
  map,
  observeOn,
  of,
  retry,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { z } from 'zod';
import { tool } from 'rx-llm';
import {
  accumulate,
  continueOnLength,
  runTools,
  takeUntilContains,
  toCallResponse,
} from 'rx-llm/operators';
import {
  contents,
  cut,
  finish,
  scriptedProvider,
  stall,
  streamOf,
  text,
  toolCall,
  tuplesOf,
  usage,
  type Script,
} from 'rx-llm/testing';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

describe('takeUntilContains', () => {
  const values = tuplesOf({ a: 'one E', b: 'ND two', c: 'three' });

  it('should cut the last chunk at the end of the match and leave the source', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-c-|', values);
      const result = source.pipe(takeUntilContains('END'), contents());
      expectObservable(result).toBe('-a-(b|)', { a: 'one E', b: 'ND' });
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it.each([
    ['in the last piece', ['one', ' END two'], true],
    ['at the end of the last piece', ['one', ' END'], true],
    ['across the last pieces', ['one E', 'ND two'], true],
    ['nowhere', ['one E', 'xit'], false],
    ['nowhere, with its beginning at the end', ['one', ' E'], false],
  ] as const)(
    'should tell that it interrupted, also behind what takes its time, with a match %s',
    async (_place, pieces, interrupted) => {
      for (const include of [true, false]) {
        const ask = scriptedProvider(pieces.map((piece) => text(piece))).call('any', () => 'Hi');
        const response = await lastValueFrom(
          ask().pipe(
            // By then the call has ended.
            concatMap((tuple) => of(tuple).pipe(observeOn(asyncScheduler))),
            takeUntilContains('END', { include }),
            toCallResponse(),
          ),
        );
        expect(response.interrupted).toBe(interrupted);
      }
    },
  );

  it('should cut it at the start of the match, holding possible beginnings back', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-c-|', values);
      const result = source.pipe(takeUntilContains('END', { include: false }), contents());
      expectObservable(result).toBe('-a-(b|)', { a: 'one ', b: '' });
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('should give back what was held when it turns out to be no match', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('-a-b-|', tuplesOf({ a: 'one E', b: 'xit' }));
      const result = source.pipe(takeUntilContains('END', { include: false }), contents());
      expectObservable(result).toBe('-a-b-|', { a: 'one ', b: 'Exit' });
    });
  });

  it('should give back what was held before the stream completes', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('-a-|', tuplesOf({ a: 'one EN' }));
      const result = source.pipe(takeUntilContains('END', { include: false }), contents());
      expectObservable(result).toBe('-a-(b|)', { a: 'one ', b: 'EN' });
    });
  });

  it('should give back what was held before the stream errors', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('-a-#', tuplesOf({ a: 'one EN' }));
      const result = source.pipe(takeUntilContains('END', { include: false }), contents());
      expectObservable(result).toBe('-a-(b#)', { a: 'one ', b: 'EN' });
    });
  });

  it('should complete and error with a source that does not contain it', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const text = { a: 'one E', b: 'ND two' };
      const complete = cold('-a-b-|', values);
      expectObservable(complete.pipe(takeUntilContains('four'), contents())).toBe('-a-b-|', text);
      expectSubscriptions(complete.subscriptions).toBe('^----!');
      const failing = cold('-a-#', values);
      expectObservable(failing.pipe(takeUntilContains('END'), contents())).toBe('-a-#', text);
      expectObservable(cold('-', values).pipe(takeUntilContains('END'))).toBe('-');
      expectObservable(cold('--|', values).pipe(takeUntilContains('END'))).toBe('--|');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', values);
      expectObservable(source.pipe(takeUntilContains('three'), contents()), '--!').toBe('-a-', {
        a: 'one E',
      });
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('-a-b-|', values).pipe(takeUntilContains('END'), contents());
      expectObservable(result).toBe('-a-(b|)', { a: 'one E', b: 'ND' });
      expectObservable(result).toBe('-a-(b|)', { a: 'one E', b: 'ND' });
    });
  });

  it('should leave a synchronous source at once', async () => {
    let taken = 0;
    const { a, b } = values;
    const source = from([a, b, a, a]).pipe(map((tuple) => (taken++, tuple)));
    await outcomeOf(source.pipe(takeUntilContains('END')));
    expect(taken).toBe(2);
  });

  it('should abort the request', () => {
    inVirtualTime(({ flush }) => {
      const llm = scriptedProvider(['one E', 'ND two', stall()]);
      llm
        .call('m', () => 'Count')()
        .pipe(takeUntilContains('END'))
        .subscribe();
      flush();
      expect(llm.requests.map(({ state }) => state)).toEqual(['unsubscribed']);
    });
  });

  it('should take the first of several texts to be complete', async () => {
    const source = streamOf(['say ab', 'cd']).pipe(
      takeUntilContains(['abcd', 'bc']),
      toCallResponse(),
    );
    expect((await lastValueFrom(source)).content).toBe('say abc');
  });

  it('should take a regular expression, across chunks', async () => {
    const source = streamOf(['call 5', '55', '-1234 now']).pipe(
      takeUntilContains(/\d{3}-\d{4}/),
      toCallResponse(),
    );
    expect(await lastValueFrom(source)).toMatchObject({
      content: 'call 555-1234',
      interrupted: true,
    });
  });

  it('should hold back as much as an expression’s match can have', async () => {
    const source = streamOf(['abcdefgh']).pipe(
      takeUntilContains(/x/, { include: false, maxLength: 4 }),
      contents(),
      toArray(),
    );
    expect(await lastValueFrom(source)).toEqual(['abcde', '', 'fgh']);
  });

  it('should not take the start of what it looks at for the start of the text', async () => {
    const source = streamOf(['0123456789', 'b']).pipe(takeUntilContains(/^b/, { maxLength: 3 }));
    expect((await outcomeOf(source)).values).toHaveLength(3);
  });

  it('should find a pair of surrogates that two chunks share', async () => {
    const source = streamOf(['smile \ud83d', '\ude0a and more']).pipe(
      takeUntilContains('😊'),
      contents(),
      toArray(),
    );
    expect(await lastValueFrom(source)).toEqual(['smile \ud83d', '\ude0a']);
  });

  it('should stop at a match of no length', async () => {
    for (const include of [true, false]) {
      const source = streamOf(['END of story']).pipe(takeUntilContains(/(?=END)/, { include }));
      const { values, completed } = await outcomeOf(source);
      expect(completed).toBe(true);
      expect(values.map(([chunk]) => chunk.content)).toEqual(['']);
    }
  });

  describe('with another call', () => {
    const retried = (script: Script) =>
      scriptedProvider((_, position) => (position === 0 ? [text('one E'), cut()] : script))
        .call('m', () => 'Count')()
        .pipe(retry(1));

    it('should let out what was held before it, as part of the call it came with', async () => {
      const source = retried([text('xit'), text(' now')]).pipe(
        takeUntilContains('END', { include: false }),
        toArray(),
      );
      const tuples = await lastValueFrom(source);
      expect(tuples.map(([{ content }]) => content)).toEqual(['one ', 'E', 'xit', ' now', '']);
      const [first, held, other] = tuples.map(([{ call }]) => call);
      expect(held).toBe(first);
      expect(other).not.toBe(first);
      expect(tuples[1]).toMatchObject([{ continuation: true, usage: null }, null]);
    });

    it('should find no match that two calls share', async () => {
      for (const include of [true, false]) {
        for (const pattern of ['END', /END/, /E\s*ND/]) {
          const source = retried([text('ND two'), text(' and on')]).pipe(
            takeUntilContains(pattern, { include }),
            toCallResponse(),
          );
          expect(await lastValueFrom(source)).toMatchObject({
            content: 'ND two and on',
            interrupted: false,
          });
        }
      }
    });

    it('should not look behind into the call before', async () => {
      const source = retried([text('ND two')]).pipe(takeUntilContains(/(?<=E)ND/), contents());
      expect((await outcomeOf(source)).values).toEqual(['one E', 'ND two', '']);
    });

    it('should find one in a later call', async () => {
      const source = retried([text('two E'), text('ND three')]).pipe(
        takeUntilContains('END', { include: false }),
        toCallResponse(),
      );
      expect(await lastValueFrom(source)).toMatchObject({ content: 'two ', interrupted: true });
    });

    it('should keep the steps of a run apart', async () => {
      const now = tool({ name: 'now', parameters: z.object({}), execute: () => 'noon' });
      for (const include of [true, false]) {
        const llm = scriptedProvider((_, position) =>
          position === 0 ? [text('Let me see: E'), toolCall({ name: 'now' })] : 'ND of the morning',
        );
        const ask = llm.call({ model: 'm', tools: [now] }, () => 'When?');
        const { values } = await outcomeOf(
          ask().pipe(runTools(), takeUntilContains('END', { include }), accumulate()),
        );
        expect(values.map(({ content }) => content)).toContain('Let me see: E');
        expect(values.at(-1)).toMatchObject({ content: 'ND of the morning' });
      }
    });

    const continued = (rest: string) =>
      scriptedProvider((_, position) =>
        position === 0 ? [text('one E'), finish('length')] : [text(rest), text(' more')],
      )
        .call('m', () => 'Count')()
        .pipe(continueOnLength());

    it('should find a match that a text and its continuation share', async () => {
      const source = continued('ND two').pipe(takeUntilContains('END'), toCallResponse());
      expect(await lastValueFrom(source)).toMatchObject({ content: 'one END', interrupted: true });
    });

    it('should cut no further back than the continuation', async () => {
      const stop = takeUntilContains('END', { include: false });
      const texts = await outcomeOf(continued('ND two').pipe(stop, contents()));
      expect(texts.values.join('')).toBe('one E');
      const source = continued('ND two').pipe(stop, toCallResponse());
      expect(await lastValueFrom(source)).toMatchObject({
        content: 'one E',
        interrupted: true,
      });
    });

    it('should repeat nothing that was held where a text goes on', async () => {
      for (const pattern of ['END', /END/]) {
        const stop = takeUntilContains(pattern, { include: false });
        const texts = await outcomeOf(continued('xit').pipe(stop, contents()));
        expect(texts.values.join('')).toBe('one Exit more');
        const source = continued('xit').pipe(stop, toCallResponse());
        expect((await lastValueFrom(source)).content).toBe('one Exit more');
      }
    });

    it('should leave a synchronous source at what was held', async () => {
      let taken = 0;
      const other = tuplesOf({ a: 'END' }).a;
      const source = from([values.a, other, other]).pipe(map((tuple) => (taken++, tuple)));
      const stopped = source.pipe(
        takeUntilContains('END', { include: false }),
        contents(),
        take(2),
      );
      expect((await outcomeOf(stopped)).values).toEqual(['one ', 'E']);
      expect(taken).toBe(2);
    });
  });

  it('should keep tools and counts where they were', async () => {
    const call = toolCall({ name: 'get_weather', args: { city: 'Oslo' } });
    const script = ['one E', call, usage({ inputTokens: 3 }), 'X two', finish()];
    const source = streamOf(script, { tools: [weather] });
    const plain = await lastValueFrom(source.pipe(toArray()));
    const held = await lastValueFrom(
      source.pipe(takeUntilContains('END', { include: false }), toArray()),
    );
    expect(held.map(([, tool]) => tool?.name)).toEqual(plain.map(([, tool]) => tool?.name));
    expect(held.map(([chunk]) => chunk.inputTokens)).toEqual(
      plain.map(([chunk]) => chunk.inputTokens),
    );
    expect(held.map(([chunk]) => chunk.content).join('')).toBe('one EX two');
  });

  it('should pass tuples it does not cut as they are', async () => {
    const { a, c } = values;
    const result = await lastValueFrom(of(a, c).pipe(takeUntilContains('END'), toArray()));
    expect(result[0]).toBe(a);
    expect(result[1]).toBe(c);
  });

  it.each(['', [], /x*/] as const)('should refuse the empty pattern %p at once', (pattern) => {
    expect(() => takeUntilContains(pattern)).toThrow(TypeError);
  });

  it('should give the same text however it is cut into chunks', async () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀'), maxLength: 30 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        letters.filter(Boolean),
        fc.array(needle, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(30)),
        fc.boolean(),
        fc.boolean(),
        async (whole, needles, cuts, include, failing) => {
          const stops = needles.map((needle) => whole.indexOf(needle)).filter((at) => at >= 0);
          const end = Math.min(
            ...needles
              .filter((needle) => whole.includes(needle))
              .map((needle) => whole.indexOf(needle) + needle.length),
          );
          const start = Math.min(
            ...needles
              .filter((needle) => whole.slice(0, end).endsWith(needle))
              .map((needle) => end - needle.length),
          );
          const expected = stops.length === 0 ? whole : whole.slice(0, include ? end : start);
          const source = streamOf(split(whole, cuts).map((part) => text(part)));
          const ending = failing ? throwError(() => new Error('cut')) : of();
          const { values, completed } = await outcomeOf(
            concat(source, ending).pipe(takeUntilContains(needles, { include }), contents()),
          );
          expect(values.join('')).toBe(expected);
          expect(completed).toBe(stops.length > 0 || !failing);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('should keep the type of the stream', () => {
    const source = streamOf('Hi', { tools: [weather] });
    expectTypeOf(source.pipe(takeUntilContains('!'))).toEqualTypeOf<typeof source>();
    expectTypeOf(source.pipe(takeUntilContains('!'), take(1), last())).toEqualTypeOf<
      typeof source
    >();
  });
});

function split(whole: string, cuts: readonly number[]): readonly string[] {
  const borders = [0, ...[...new Set(cuts)].sort((a, b) => a - b), whole.length];
  return borders.slice(1).map((end, position) => whole.slice(borders[position], end));
}
