import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { concat, map, retry, take, type Observable } from 'rxjs';
import { responseModel, StreamError, type StreamTuple } from 'rx-llm';
import { elements, type Element } from 'rx-llm/operators';
import {
  cut,
  finish,
  scriptedProvider,
  streamOf,
  text,
  toolCall,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

const Book = z.object({ title: z.string() });

/** A call that asks for a list of books. */
const list = (script: Script) =>
  scriptedProvider(script).call({ model: 'm', responseModel: z.array(Book) }, () => 'Books?')();

const failureOf = async (stream: Observable<unknown>): Promise<StreamError> => {
  const { error } = await outcomeOf(stream);
  expect(error).toBeInstanceOf(StreamError);
  return error as StreamError;
};

describe('elements', () => {
  it('should give each element as it closes', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('-a-b----c-|', {
        a: '{"value":[{"title":"Du',
        b: 'ne"},{"title":"Solaris"},{"ti',
        c: 'tle":"Ubik"}]}',
      });
      const titles = list(script).pipe(
        elements(Book),
        map(({ title }) => title),
      );
      expectObservable(titles).toBe('---(ds)-u-|', { d: 'Dune', s: 'Solaris', u: 'Ubik' });
      expectObservable(titles, '----!').toBe('---(ds)', { d: 'Dune', s: 'Solaris' });
      expectSubscriptions(script.subscriptions).toBe(['^---------!', '^---!']);
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold<StreamTuple<ScriptedWire>>('-');
      expectObservable(never.pipe(elements(Book)), '--!').toBe('-');
      const failing = cold<StreamTuple<ScriptedWire>>('-#', {}, 'mine');
      expectObservable(failing.pipe(elements(Book))).toBe('-#', {}, 'mine');
      expectObservable(list(cold('a|', { a: '{"value":[]}' })).pipe(elements(Book))).toBe('-|');
      expectSubscriptions(never.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^!');
    });
  });

  it('should read the list wherever it is, however the answer came', async () => {
    const inObject = z.object({ books: z.array(Book), by: z.string() });
    const tool = responseModel(z.array(Book), { mode: 'tool' });
    const json = '[{"title":"Dune"}]';
    const wrapped = `{"value":${json}}`;
    const cases: readonly (readonly [Observable<StreamTuple<ScriptedWire>>, readonly string[]])[] =
      [
        [streamOf(json), []],
        [streamOf(`Here they are:\n\`\`\`json\n${json}\n\`\`\``), []],
        [streamOf(`{"by":"me","books":${json}}`), ['books']],
        [streamOf(`{"of":{"books":${json}}}`), ['of', 'books']],
        [list(wrapped), []],
        [
          scriptedProvider([toolCall({ name: 'response', argumentsText: wrapped })]).call(
            { model: 'm', responseModel: tool },
            () => 'Go',
          )(),
          [],
        ],
        [
          scriptedProvider(`{"books":${json},"by":""}`).call(
            { model: 'm', responseModel: inObject },
            () => 'Go',
          )(),
          ['books'],
        ],
      ];
    for (const [stream, at] of cases) {
      expect(await outcomeOf(stream.pipe(elements(Book, { at })))).toEqual({
        values: [{ title: 'Dune' }],
        completed: true,
        error: null,
      });
    }
  });

  it('should give what the schema makes of an element', async () => {
    const { values } = await outcomeOf(
      streamOf('["a","bcd"]').pipe(elements(z.string().transform((item) => item.length))),
    );
    expect(values).toEqual([1, 3]);
  });

  describe('when an element fails its schema', () => {
    const mixed = '{"value":[{"title":"Dune"},{"title":5},{"title":"Ubik"}]}';

    it('should error, after those that came before it', async () => {
      const { values, error } = await outcomeOf(list(mixed).pipe(elements(Book)));
      expect(values).toEqual([{ title: 'Dune' }]);
      expect(error).toMatchObject({ code: 'invalid-output' });
      expect((error as StreamError).output).toMatchObject({
        value: { title: 5 },
        issues: [{ path: [1, 'title'] }],
      });
      expect((error as StreamError).message).toMatch(/1\.title: /);
      const at = streamOf(`{"books":[{}]}`).pipe(elements(Book, { at: ['books'] }));
      expect((await failureOf(at)).output?.issues[0]?.path).toEqual(['books', 0, 'title']);
    });

    it('should skip it when told to', async () => {
      const { values, completed } = await outcomeOf(
        list(mixed).pipe(elements(Book, { onInvalid: 'skip' })),
      );
      expect([values, completed]).toEqual([[{ title: 'Dune' }, { title: 'Ubik' }], true]);
    });

    it('should report it in its place when told to', async () => {
      const { values, completed } = await outcomeOf(
        list(mixed).pipe(elements(Book, { onInvalid: 'report' })),
      );
      expect(completed).toBe(true);
      expect(values).toEqual([
        { valid: true, index: 0, value: { title: 'Dune' } },
        {
          valid: false,
          index: 1,
          value: { title: 5 },
          issues: [{ path: ['title'], message: expect.any(String) }],
        },
        { valid: true, index: 2, value: { title: 'Ubik' } },
      ]);
    });
  });

  describe('errors at the end', () => {
    it('when the list is cut off', async () => {
      const { values, error } = await outcomeOf(
        list([text('{"value":[{"title":"Dune"},{"ti'), finish('length')]).pipe(elements(Book)),
      );
      expect(values).toEqual([{ title: 'Dune' }]);
      expect(error).toMatchObject({ code: 'invalid-output' });
      expect((error as StreamError).message).toMatch(/cut off.*output limit/);
    });

    it('when there is no list', async () => {
      expect((await failureOf(streamOf('None.').pipe(elements(Book)))).code).toBe('invalid-output');
      const elsewhere = streamOf('{"books":[]}').pipe(elements(Book, { at: ['titles'] }));
      expect((await failureOf(elsewhere)).message).toMatch(/titles: there is no list/);
      const noList = streamOf('{"books":{}}').pipe(elements(Book, { at: ['books'] }));
      expect((await failureOf(noList)).message).toMatch(/books: there is no list/);
    });

    it('with what the source errors with, and when something ended it early', async () => {
      const script: Script = [text('{"value":[{"title":"Dune"}'), cut()];
      expect(await failureOf(list(script).pipe(elements(Book)))).toMatchObject({
        code: 'truncated',
      });
      const early = list([text('{"value":['), text(']}')]).pipe(take(1), elements(Book));
      expect((await failureOf(early)).message).toMatch(/something in the pipe ended it early/);
    });

    it('when nothing ever arrived', async () => {
      expect(await failureOf(concat<[]>().pipe(elements(Book)))).toMatchObject({ code: 'empty' });
    });
  });

  it('should start anew with another call, and with every subscription', async () => {
    const llm = scriptedProvider((_, position) =>
      position % 2 === 0
        ? [text('{"value":[{"title":"Dune"},'), cut()]
        : '{"value":[{"title":"Solaris"}]}',
    );
    const stream = llm
      .call({ model: 'm', responseModel: z.array(Book) }, () => 'Go')()
      .pipe(retry(1), elements(Book));
    for (let run = 0; run < 2; run++) {
      const { values, completed } = await outcomeOf(stream);
      expect([values, completed]).toEqual([[{ title: 'Dune' }, { title: 'Solaris' }], true]);
    }
  });

  it('should give the same elements whatever pieces the answer comes in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 2 })),
        fc.array(fc.nat({ max: 12 }), { minLength: 1 }),
        async (items, sizes) => {
          const json = JSON.stringify({ value: items });
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < json.length; turn++) {
            const size = 1 + sizes[turn % sizes.length]!;
            pieces.push(json.slice(at, at + size));
            at += size;
          }
          const { values, completed } = await outcomeOf(
            list(pieces.map(text)).pipe(elements(z.unknown())),
          );
          expect([values, completed]).toEqual([JSON.parse(JSON.stringify(items)), true]);
        },
      ),
      { numRuns: 100 },
    ));

  it('should know its types', () => {
    const stream = streamOf('[]');
    const schema = z.object({ size: z.string().transform((size) => size.length) });
    expectTypeOf(stream.pipe(elements(schema))).toEqualTypeOf<Observable<{ size: number }>>();
    expectTypeOf(stream.pipe(elements(schema, { onInvalid: 'skip' }))).toEqualTypeOf<
      Observable<{ size: number }>
    >();
    expectTypeOf(stream.pipe(elements(schema, { onInvalid: 'report' }))).toEqualTypeOf<
      Observable<Element<{ size: number }>>
    >();
    const typed = responseModel<{ a: string }>({ type: 'object' });
    expectTypeOf(stream.pipe(elements(typed))).toEqualTypeOf<Observable<{ a: string }>>();
    // @ts-expect-error there is no such policy
    void stream.pipe(elements(schema, { onInvalid: 'ignore' }));
  });
});
