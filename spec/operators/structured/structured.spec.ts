import { describe, expect, it } from '@jest/globals';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { concat, map, retry, take, type Observable } from 'rxjs';
import * as v from 'valibot';
import {
  responseModel,
  StreamError,
  tool,
  type DeepPartial,
  type ResponseMode,
  type StreamTuple,
} from 'rx-llm';
import { runTools, structured, toCallResponse } from 'rx-llm/operators';
import {
  cut,
  finish,
  scriptedProvider,
  streamOf,
  text,
  toolCall,
  usage,
  wait,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

const Book = z.object({ title: z.string(), year: z.number() });

/** What a value that is read looks like in a test. */
const plain = (
  each:
    | { readonly done: false; readonly partial: unknown }
    | { readonly done: true; readonly value: unknown },
): unknown => (each.done ? { value: each.value } : each.partial);

const failureOf = async (stream: Observable<unknown>): Promise<StreamError> => {
  const { error } = await outcomeOf(stream);
  expect(error).toBeInstanceOf(StreamError);
  return error as StreamError;
};

describe('structured', () => {
  it('should give the value as it grows, and validated when the stream has ended', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('-a-b-c-d-e|', {
        a: '{"title":"Du',
        b: 'ne","year":19',
        c: '65',
        d: '}',
        e: ' ',
      });
      const ask = scriptedProvider(script).call({ model: 'm', responseModel: Book }, () => 'Dune?');
      expectObservable(ask().pipe(structured(), map(plain))).toBe('-a-b---d--(v|)', {
        a: { title: 'Du' },
        b: { title: 'Dune' },
        d: { title: 'Dune', year: 1965 },
        v: { value: { title: 'Dune', year: 1965 } },
      });
      expectSubscriptions(script.subscriptions).toBe('^---------!');
    });
  });

  it('should never emit, error and leave as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold<StreamTuple<ScriptedWire>>('-');
      expectObservable(never.pipe(structured(Book)), '--!').toBe('-');
      const failing = cold<StreamTuple<ScriptedWire>>('-#', {}, 'mine');
      expectObservable(failing.pipe(structured(Book))).toBe('-#', {}, 'mine');
      const script = cold('a-b|', { a: '{"title":"D', b: '"}' });
      expectObservable(streamOf(script).pipe(structured(Book), map(plain)), '-!').toBe('a', {
        a: { title: 'D' },
      });
      expectSubscriptions(never.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^!');
      expectSubscriptions(script.subscriptions).toBe('^!');
    });
  });

  it('should give the response with the value', async () => {
    const llm = scriptedProvider([
      text('{"title":"Dune","year":1965}'),
      finish(),
      usage({ inputTokens: 7 }),
    ]);
    const ask = llm.call({ model: 'm', responseModel: Book }, () => 'Dune?');
    const { values } = await outcomeOf(ask().pipe(structured()));
    const last = values.at(-1)!;
    expect(last.done && last.response).toMatchObject({ inputTokens: 7, interrupted: false });
  });

  it('should ask the provider for the shape, in the mode it can do best', async () => {
    const llm = scriptedProvider('{"title":"Dune","year":1965}');
    const named = responseModel(Book.meta({ title: 'book' }), { description: 'A book' });
    await outcomeOf(llm.call({ model: 'm', responseModel: named }, () => 'Dune?')());
    expect(llm.requests[0]).toMatchObject({
      messages: [{ role: 'user', content: 'Dune?' }],
      format: {
        mode: 'native',
        name: 'book',
        description: 'A book',
        schema: { type: 'object', required: ['title', 'year'] },
      },
    });
    expect(JSON.stringify(llm.requests[0]!.format)).not.toContain('$schema');
  });

  const modes: readonly ResponseMode[] = ['native', 'tool', 'json', 'text'];
  it.each(modes)('should read an answer of mode %s', async (mode) => {
    const json = '{"title":"Dune","year":1965}';
    const script: Readonly<Record<ResponseMode, Script>> = {
      native: json,
      tool: [toolCall({ name: 'response', argumentsText: json })],
      json,
      text: `Here you are:\n\`\`\`json\n${json}\n\`\`\`\nEnjoy!`,
    };
    const llm = scriptedProvider(script[mode]);
    const model = responseModel(Book, { mode });
    const ask = llm.call({ model: 'm', responseModel: model }, () => 'Dune?');
    const { values } = await outcomeOf(ask().pipe(structured()));
    expect(values.map(plain)).toEqual([
      { title: 'Dune', year: 1965 },
      { value: { title: 'Dune', year: 1965 } },
    ]);
    const [{ format, messages, tools, commonParams }] = llm.requests as [
      (typeof llm.requests)[number],
    ];
    expect(format?.mode ?? null).toBe(mode === 'native' || mode === 'json' ? mode : null);
    expect(tools).toEqual(mode === 'tool' ? ['response'] : []);
    expect(commonParams.toolChoice).toEqual(mode === 'tool' ? { name: 'response' } : undefined);
    const instructed = JSON.stringify(messages).includes('JSON Schema');
    expect(instructed).toBe(mode === 'json' || mode === 'text');
    expect(messages.at(-1)).toEqual({ role: 'user', content: 'Dune?' });
  });

  describe('by way of a tool', () => {
    const model = responseModel(Book, { mode: 'tool', name: 'book' });
    const pieces: Script = [
      { toolCalls: [{ name: 'book', arguments: '{"title":"Du' }] },
      { toolCalls: [{ arguments: 'ne","year":1965}' }] },
      finish('tool_calls'),
    ];

    it('should take the arguments for the text, and deliver no tool', async () => {
      const ask = scriptedProvider(pieces).call({ model: 'm', responseModel: model }, () => 'Go');
      const { values } = await outcomeOf(ask());
      expect(values.map(([{ content }, called]) => [content, called])).toEqual([
        ['{"title":"Du', null],
        ['ne","year":1965}', null],
        ['', null],
      ]);
      const response = (await outcomeOf(ask().pipe(toCallResponse()))).values[0]!;
      expect(response).toMatchObject({
        content: '{"title":"Dune","year":1965}',
        tools: [],
        commonFinishReasons: ['stop'],
      });
      // A call in the history would want a result.
      expect(response.messageParam).toEqual({
        role: 'assistant',
        content: [{ type: 'text', text: '{"title":"Dune","year":1965}' }],
      });
    });

    it('should not take the call that stands for the answer for one that was cut off', async () => {
      const cutOff: Script = [{ toolCalls: [{ name: 'book', arguments: '{"title":"Du' }] }, cut()];
      const ask = scriptedProvider(cutOff).call({ model: 'm', responseModel: model }, () => 'Go');
      const error = await failureOf(ask());
      expect(error.partial).toMatchObject({ content: '{"title":"Du', tools: [] });
    });

    it('should offer it beside other tools, and answer when those are done', async () => {
      const look = tool({
        name: 'look_up',
        parameters: z.object({ title: z.string() }),
        execute: () => 1965,
      });
      const llm = scriptedProvider((_, position) =>
        position === 0 ? [toolCall({ name: 'look_up', args: { title: 'Dune' } })] : pieces,
      );
      const ask = llm.call({ model: 'm', responseModel: model, tools: [look] }, () => 'Go');
      const { values } = await outcomeOf(ask().pipe(runTools(), structured()));
      expect(values.map(plain).at(-1)).toEqual({ value: { title: 'Dune', year: 1965 } });
      expect(llm.requests.map(({ tools }) => tools)).toEqual([
        ['look_up', 'book'],
        ['look_up', 'book'],
      ]);
      expect(llm.requests.map(({ commonParams }) => commonParams.toolChoice)).toEqual([
        'required',
        'required',
      ]);
    });

    it('should refuse a tool of the same name', async () => {
      const twin = tool({ name: 'book', parameters: { type: 'object' } });
      const llm = scriptedProvider(pieces);
      const ask = llm.call({ model: 'm', responseModel: model, tools: [twin] }, () => 'Go');
      expect((await failureOf(ask())).message).toMatch(/both named "book"/);
    });
  });

  it('should tell instructions once, also in a loop of tools', async () => {
    const now = tool({ name: 'now', parameters: { type: 'object' }, execute: () => 'noon' });
    const llm = scriptedProvider((_, position) =>
      position === 0 ? [toolCall({ name: 'now' })] : '{"title":"Noon","year":1}',
    );
    const model = responseModel(Book, { mode: 'text' });
    const ask = llm.call({ model: 'm', responseModel: model, tools: [now] }, () => 'Go');
    await outcomeOf(ask().pipe(runTools(), structured()));
    const instructions = llm.requests.map(({ messages }) =>
      messages.filter(({ role }) => role === 'system'),
    );
    expect(instructions.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('should wrap what is no object, as providers take objects only', async () => {
    const cases = [
      [z.array(z.number()), '{"value":[1,2]}', [1, 2]],
      [z.string(), '{"value":"yes"}', 'yes'],
      [z.union([z.object({ a: z.string() }), z.null()]), '{"value":null}', null],
      [z.array(z.number()), '{"value":[]}', []],
    ] as const;
    for (const [schema, json, value] of cases) {
      const llm = scriptedProvider(json);
      const ask = llm.call({ model: 'm', responseModel: schema }, () => 'Go');
      const { values } = await outcomeOf(ask().pipe(structured()));
      expect(values.at(-1)).toMatchObject({ done: true, value });
      expect(llm.requests[0]!.format).toMatchObject({
        schema: { type: 'object', required: ['value'], additionalProperties: false },
      });
    }
  });

  it('should read what was asked for in the prompt alone', async () => {
    const cases: readonly (readonly [Parameters<typeof structured>[0], string, unknown])[] = [
      [Book, 'Sure: {"title":"Dune","year":1965}. Anything else?', { title: 'Dune', year: 1965 }],
      [z.array(z.number()), '```json\n[1, 2]\n```', [1, 2]],
      [z.union([z.array(z.string()), z.object({ a: z.null() })]), 'So {"a":null}', { a: null }],
      [z.union([z.array(z.string()), z.object({ a: z.null() })]), 'So ["a"]', ['a']],
      [z.number(), ' 42 ', 42],
      [Book.nullable(), 'null', null],
      [z.string().nullable(), '"null"', 'null'],
      [z.union([z.string(), z.number()]), '42', 42],
      [z.union([z.string(), Book]), '"Dune"', 'Dune'],
      [
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('film'), minutes: z.number() }),
          z.object({ kind: z.literal('book'), pages: z.number() }),
        ]),
        'As in [1], the answer: {"kind":"book","pages":412}',
        { kind: 'book', pages: 412 },
      ],
    ];
    for (const [schema, answer, value] of cases) {
      const { values } = await outcomeOf(streamOf(answer).pipe(structured(schema)));
      expect(values.at(-1)).toMatchObject({ done: true, value });
    }
  });

  it('should take any JSON where nothing was said of its shape', async () => {
    for (const value of [{ a: [1] }, [{}], 42, 'hello', '', true, null]) {
      const llm = scriptedProvider(JSON.stringify(value));
      const ask = llm.call({ model: 'm', jsonMode: true }, () => 'Go');
      const { values } = await outcomeOf(ask().pipe(structured()));
      expect(values.at(-1)).toMatchObject({ done: true, value });
      const [first] = values;
      if (first?.done) expectTypeOf(first.value).toEqualTypeOf<unknown>();
    }
  });

  it('should not repeat a value that prose began with as the JSON does', async () => {
    const partialsOf = async (...pieces: readonly string[]) => {
      const { values } = await outcomeOf(streamOf(pieces.map(text)).pipe(structured()));
      expect(values.at(-1)).toMatchObject({ done: true });
      return values.slice(0, -1).map(plain);
    };
    expect(await partialsOf('Use {', 'x} ', '{', '"a":1}')).toEqual([{}, { a: 1 }]);
    expect(await partialsOf('Use {', 'x} {', '"a":1}')).toEqual([{}, { a: 1 }]);
    expect(await partialsOf('Use [', 'x] ', '[', '1]')).toEqual([[], [1]]);
    expect(await partialsOf('Use [', 'x] ', '{', '}')).toEqual([[], {}]);
    expect(await partialsOf('{"a":1,', ' x} ', '{', '}')).toEqual([{ a: 1 }, {}]);
  });

  it('should give what the schema makes of the value', async () => {
    const schema = z.object({
      when: z.string().transform((text) => text.length),
      n: z.number().default(3),
    });
    const llm = scriptedProvider('{"when":"today"}');
    const ask = llm.call({ model: 'm', responseModel: schema }, () => 'Go');
    const { values } = await outcomeOf(ask().pipe(structured()));
    expect(values.map(plain)).toEqual([{ when: 'today' }, { value: { when: 5, n: 3 } }]);
  });

  it('should take schemas of ArkType, Valibot and JSON Schema', async () => {
    const models = [
      type({ title: 'string', year: 'number' }),
      toStandardJsonSchema(v.object({ title: v.string(), year: v.number() })),
      responseModel({
        type: 'object',
        properties: { title: { type: 'string' }, year: { type: 'number' } },
        required: ['title', 'year'],
      }),
    ];
    for (const model of models) {
      const right = scriptedProvider('{"title":"Dune","year":1965}');
      const { values } = await outcomeOf(
        right
          .call({ model: 'm', responseModel: model }, () => 'Go')()
          .pipe(structured()),
      );
      expect(values.at(-1)).toMatchObject({ value: { title: 'Dune', year: 1965 } });
      const wrong = scriptedProvider('{"title":"Dune","year":"old"}');
      const error = await failureOf(
        wrong
          .call({ model: 'm', responseModel: model }, () => 'Go')()
          .pipe(structured()),
      );
      expect(error.output?.issues.map(({ path }) => path)).toContainEqual(['year']);
    }
  });

  it('should use the validator of the caller’s choice for a JSON Schema', async () => {
    const seen: unknown[] = [];
    const model = responseModel<{ a: number }>(
      { type: 'object' },
      {
        validator: (schema) => {
          seen.push(schema);
          return () => ({ ok: false, issues: [{ path: ['a'], message: 'never good enough' }] });
        },
      },
    );
    const error = await failureOf(streamOf('{"a":1}').pipe(structured(model)));
    expect(seen).toEqual([{ type: 'object' }]);
    expect(error.message).toMatch(/a: never good enough/);
  });

  describe('fails', () => {
    const ask = (script: Script) =>
      scriptedProvider(script)
        .call({ model: 'm', responseModel: Book }, () => 'Dune?')()
        .pipe(structured());

    it('with the path, the text and the value when the schema does', async () => {
      const error = await failureOf(ask('{"title":"Dune","year":"old"}'));
      expect(error).toMatchObject({
        code: 'invalid-output',
        provider: 'scripted',
        retryable: false,
      });
      expect(error.message).toMatch(/does not fit its response model: year: .*number/);
      expect(error.output).toEqual({
        text: '{"title":"Dune","year":"old"}',
        value: { title: 'Dune', year: 'old' },
        issues: [{ path: ['year'], message: expect.any(String) }],
      });
      expect(error.partial).toMatchObject({ content: '{"title":"Dune","year":"old"}' });
      // The conversation has no business in a log.
      expect(Object.keys(error)).not.toContain('output');
    });

    it('when there is no JSON, it is cut off or broken', async () => {
      const cases = [
        ['I do not know.', undefined, /not the JSON that was asked for/],
        ['{"title":"Du', { title: 'Du' }, /cut off/],
        ['{"title":"Dune",]', undefined, /broken|not the JSON/],
      ] as const;
      for (const [answer, value, message] of cases) {
        const error = await failureOf(ask(answer));
        expect(error.code).toBe('invalid-output');
        expect(error.message).toMatch(message);
        expect(error.output).toMatchObject({ text: answer, value });
      }
    });

    it('with what to do about it when the output limit or a filter cut it off', async () => {
      const limited = await failureOf(ask([text('{"title":"Du'), finish('length')]));
      expect(limited.message).toMatch(/output limit cut it off: raise commonParams.maxTokens/);
      const filtered = await failureOf(ask([text('{"title":"Du'), finish('content_filter')]));
      expect(filtered.message).toMatch(/content filter/);
      const early = await failureOf(
        scriptedProvider([text('{"title":'), wait(5), text('"Dune"}')])
          .call({ model: 'm', responseModel: Book }, () => 'Go')()
          .pipe(take(1), structured()),
      );
      expect(early.message).toMatch(/something in the pipe ended it early/);
    });

    it('with a code of its own when the model refused', async () => {
      const error = await failureOf(ask([{ refusal: 'I would rather not.' }]));
      expect(error).toMatchObject({ code: 'refusal', partial: { refusal: 'I would rather not.' } });
    });

    it('with what the source errors with', async () => {
      expect(await failureOf(ask([text('{"title":"Dune"'), cut()]))).toMatchObject({
        code: 'truncated',
      });
    });

    it('when nothing ever arrived', async () => {
      const { error } = await outcomeOf(concat<[]>().pipe(structured(Book)));
      expect(error).toMatchObject({ code: 'empty' });
    });

    it('when a schema throws rather than validates', async () => {
      const model = {
        ...responseModel(Book),
        validate: () => {
          throw new Error('mine');
        },
      };
      const error = await failureOf(streamOf('{"title":""}').pipe(structured(model)));
      expect(error.message).toMatch(/its schema threw: mine/);
    });

    it('for a mode that the provider cannot do', async () => {
      const llm = scriptedProvider('');
      const provider = { ...llm.provider, responseModes: () => ['tool'] as const };
      const model = responseModel(Book, { mode: 'native' });
      const stream = llm
        .call({ model: 'm', responseModel: model }, () => 'Go')
        .with({ provider }, 'm')();
      expect((await failureOf(stream)).message).toMatch(
        /cannot answer in mode "native"; it can do tool, text/,
      );
    });
  });

  it('should leave out of the question what is known already, and validate it with the rest', async () => {
    const llm = scriptedProvider('{"title":"Dune"}');
    const ask = llm.call({ model: 'm', responseModel: Book }, (year: number) => ({
      messages: 'Dune?',
      responseFields: { year },
    }));
    const { values } = await outcomeOf(ask(1965).pipe(structured()));
    expect(values.map(plain)).toEqual([
      { title: 'Dune', year: 1965 },
      { value: { title: 'Dune', year: 1965 } },
    ]);
    expect(llm.requests[0]!.format).toMatchObject({
      schema: { properties: { title: {} }, required: ['title'] },
    });
    expect(JSON.stringify(llm.requests[0]!.format)).not.toContain('year');
  });

  it('should leave null as it is, whatever is known already', async () => {
    const llm = scriptedProvider([text('{"value":'), text('null}')]);
    const ask = llm.call({ model: 'm', responseModel: Book.nullable() }, () => ({
      messages: 'Dune?',
      responseFields: { year: 1965 },
    }));
    const { values } = await outcomeOf(ask().pipe(structured()));
    expect(values.map(plain)).toEqual([null, { value: null }]);
  });

  it('should start anew with another call, and with every subscription', async () => {
    const llm = scriptedProvider((_, position) =>
      position % 2 === 0 ? [text('{"title":"Wrong'), cut()] : '{"title":"Dune","year":1965}',
    );
    const stream = llm
      .call({ model: 'm', responseModel: Book }, () => 'Go')()
      .pipe(retry(1), structured());
    for (let run = 0; run < 2; run++) {
      const { values, completed } = await outcomeOf(stream);
      expect(completed).toBe(true);
      expect(values.map(plain)).toEqual([
        { title: 'Wrong' },
        { title: 'Dune', year: 1965 },
        { value: { title: 'Dune', year: 1965 } },
      ]);
    }
  });

  it('should emit distinct, immutable, structurally shared values, whatever pieces the answer comes in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.object({
          maxDepth: 3,
          values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
        }),
        fc.array(fc.nat({ max: 12 }), { minLength: 1 }),
        async (value, sizes) => {
          const json = JSON.stringify(value);
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < json.length; turn++) {
            const size = 1 + sizes[turn % sizes.length]!;
            pieces.push(json.slice(at, at + size));
            at += size;
          }
          const ask = scriptedProvider(pieces.map(text)).call(
            { model: 'm', responseModel: responseModel({ type: 'object' }) },
            () => 'Go',
          );
          const seen: string[] = [];
          const { values } = await outcomeOf(
            ask().pipe(
              structured(),
              map((each) => {
                seen.push(JSON.stringify(plain(each)));
                return each;
              }),
            ),
          );
          // Not changed since they were emitted, and no two in a row alike.
          expect(values.map((each) => JSON.stringify(plain(each)))).toEqual(seen);
          const partials = seen.slice(0, -1);
          expect(partials.every((each, at) => each !== partials[at - 1])).toBe(true);
          expect(values.at(-1)).toMatchObject({ done: true, value: JSON.parse(json) as unknown });
        },
      ),
      { numRuns: 100 },
    ));

  it('should know its types', () => {
    const llm = scriptedProvider('');
    const withModel = llm.call({ model: 'm', responseModel: Book }, () => 'Go');
    withModel()
      .pipe(structured())
      .subscribe({
        next: (book) => {
          if (book.done) {
            expectTypeOf(book.value).toEqualTypeOf<{ title: string; year: number }>();
            expectTypeOf(book.response.usage).toEqualTypeOf<ScriptedWire['usage'] | null>();
          } else {
            expectTypeOf(book.partial).toEqualTypeOf<
              DeepPartial<{ title: string; year: number }>
            >();
            // @ts-expect-error a partial value is no value
            expectTypeOf(book.value).toBeUndefined();
          }
        },
        error: () => undefined,
      });
    const Size = z.object({
      size: z.enum(['small', 'large']).transform((size) => size.length),
      tags: z.array(z.object({ name: z.string() })).default([]),
    });
    const sized = llm
      .call('m', () => 'Go')()
      .pipe(structured(Size));
    sized.subscribe({
      next: (each) => {
        if (each.done)
          expectTypeOf(each.value).toEqualTypeOf<{ size: number; tags: { name: string }[] }>();
        else {
          expectTypeOf(each.partial.size).toEqualTypeOf<string | undefined>();
          expectTypeOf(each.partial.tags).toEqualTypeOf<
            readonly { readonly name?: string }[] | undefined
          >();
        }
      },
      error: () => undefined,
    });
    const typed = llm.call(
      { model: 'm', responseModel: responseModel<{ a: 1 | 2 }>({}) },
      () => 'Go',
    );
    typed()
      .pipe(structured())
      .subscribe({
        next: (each) => {
          if (each.done) expectTypeOf(each.value).toEqualTypeOf<{ a: 1 | 2 }>();
          else expectTypeOf(each.partial).toEqualTypeOf<{ readonly a?: 1 | 2 }>();
        },
        error: () => undefined,
      });
  });
});
