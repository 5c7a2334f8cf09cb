import { describe, expect, it } from '@jest/globals';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expectTypeOf } from 'expect-type';
import { concat, NEVER, of, Subject, take, takeUntil, type Observable } from 'rxjs';
import * as v from 'valibot';
import { z } from 'zod';
import { StreamError } from '../../lib/stream-error.ts';
import type { ToolCall } from '../../lib/tool-call.ts';
import {
  parseArguments,
  receiveTool,
  refusedTool,
  tool,
  type InvalidTool,
  type Tool,
  type ToolContext,
  type ToolDefinition,
  type ValidTool,
} from '../../lib/tool.ts';
import { outcomeOf, settled } from '../support/outcome.ts';
import type { PlainWire } from './plain-provider.ts';

const numbers = z.object({ a: z.number(), b: z.number() });
const add = tool({
  name: 'add',
  description: 'Adds two numbers',
  parameters: numbers,
  execute: ({ a, b }) => a + b,
});

const callOf = (text: string, parts: Partial<ToolCall> = {}): ToolCall => ({
  index: 0,
  id: 'call_1',
  name: 'add',
  arguments: text,
  ...parts,
});

const received = (
  call: ToolCall,
  definitions: readonly ToolDefinition[] = [add],
): Tool<ToolDefinition, PlainWire> =>
  receiveTool<PlainWire>('plain', definitions, call, { id: call.id, name: call.name, json: 'raw' });

/** The outcome of a tool whose only work is this. */
const runOf = (execute: (args: unknown, context: ToolContext) => unknown) =>
  outcomeOf<unknown>(
    received(callOf('{}', { name: 'work' }), [
      tool({ name: 'work', parameters: {}, execute }),
    ]).call(),
  );

describe('tool', () => {
  it('should hold what a provider needs to know', () => {
    expect(add).toMatchObject({
      name: 'add',
      description: 'Adds two numbers',
      strict: null,
      parameters: { type: 'object', required: ['a', 'b'] },
    });
    expect(add.validate({ a: 1, b: 2 })).toEqual({ ok: true, value: { a: 1, b: 2 } });
    expect(add.validate({ a: 1 }).ok).toBe(false);
  });

  it('should do without description, strictness and execute', () => {
    const bare = tool({ name: 'bare', parameters: { type: 'object' } });
    expect(bare).toMatchObject({ description: null, strict: null });
    expect('execute' in bare).toBe(false);
    expect(tool({ name: 'bare', parameters: {}, strict: false }).strict).toBe(false);
    expect(bare).not.toHaveProperty('cacheControl');
    const marked = tool({ name: 'bare', parameters: {}, cacheControl: { ttl: '1h' } });
    expect(marked.cacheControl).toEqual({ ttl: '1h' });
  });

  it('should refuse a tool without a name, and show a right one', () => {
    expect(() => tool({ name: '', parameters: {} })).toThrow(TypeError);
    expect(() => tool({ name: '', parameters: {} })).toThrow(/tool\(\{ name: /);
  });

  it('should refuse a schema that cannot be printed, by the tool’s name', () => {
    const declare = () => tool({ name: 'remind', parameters: z.object({ when: z.date() }) });
    expect(declare).toThrow(TypeError);
    expect(declare).toThrow(/^Tool "remind": .*Date/);
  });

  it('should infer name, arguments and output from a Standard Schema', () => {
    expectTypeOf(add).toEqualTypeOf<
      ToolDefinition<'add', { a: number; b: number }, number, { a: number; b: number }>
    >();
    const withDefault = tool({
      name: 'roll',
      parameters: z.object({ sides: z.number().default(6) }),
      execute: (args) => {
        expectTypeOf(args).toEqualTypeOf<{ sides: number }>();
        return Promise.resolve(`${args.sides}`);
      },
    });
    expectTypeOf(withDefault).toEqualTypeOf<
      ToolDefinition<'roll', { sides: number }, string, { sides?: number | undefined }>
    >();
    const ark = tool({
      name: 'ark',
      parameters: type({ city: 'string' }),
      execute: ({ city }) => of(city.length),
    });
    expectTypeOf(ark).toEqualTypeOf<
      ToolDefinition<'ark', { city: string }, number, { city: string }>
    >();
    const valibot = tool({
      name: 'valibot',
      parameters: toStandardJsonSchema(v.object({ city: v.string() })),
      execute: async ({ city }, { signal, id }) => {
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        return [await Promise.resolve(city), id];
      },
    });
    expectTypeOf(valibot).toEqualTypeOf<
      ToolDefinition<'valibot', { city: string }, string[], { city: string }>
    >();
  });

  it('should infer the arguments of a raw JSON Schema from what execute takes', () => {
    const typed = tool({
      name: 'typed',
      parameters: { type: 'object' },
      execute: ({ city }: { city: string }) => city,
    });
    expectTypeOf(typed).toEqualTypeOf<
      ToolDefinition<'typed', { city: string }, string, { city: string }>
    >();
    const untyped = tool({ name: 'untyped', parameters: { type: 'object' } });
    expectTypeOf(untyped).toEqualTypeOf<
      ToolDefinition<
        'untyped',
        { readonly [name: string]: unknown },
        never,
        { readonly [name: string]: unknown }
      >
    >();
  });

  it('should not compile what is not right', () => {
    const parameters = z.object({ city: z.string() });
    const wrong = (): void => {
      // @ts-expect-error a tool has parameters
      tool({ name: 'wrong' });
      // @ts-expect-error a tool has a name
      tool({ parameters });
      // @ts-expect-error the schema says that city is a string
      tool({ name: 'wrong', parameters, execute: (args: { city: number }) => args.city });
      // @ts-expect-error this schema cannot print itself as JSON Schema
      tool({ name: 'wrong', parameters: v.object({ city: v.string() }) });
      // @ts-expect-error there is no such option
      tool({ name: 'wrong', parameters, exec: () => 1 });
    };
    expect(wrong).toThrow();
  });
});

describe('Tool', () => {
  const now = tool({ name: 'now', parameters: z.object({}), execute: () => 'noon' });
  type Called = Tool<typeof add | typeof now, PlainWire>;

  it('should narrow by error, then by name', () => {
    const look = (called: Called): void => {
      expectTypeOf(called.toolCall).toEqualTypeOf<PlainWire['toolCall']>();
      if (called.error !== null) {
        expectTypeOf(called).toEqualTypeOf<InvalidTool<PlainWire, typeof add | typeof now>>();
        expectTypeOf(called.args).toEqualTypeOf<null>();
        expectTypeOf(called.call()).toEqualTypeOf<Observable<never>>();
      } else if (called.name === 'add') {
        expectTypeOf(called.args).toEqualTypeOf<{ a: number; b: number }>();
        expectTypeOf(called.call()).toEqualTypeOf<Observable<number>>();
      } else {
        expectTypeOf(called).toEqualTypeOf<
          ValidTool<PlainWire, 'now', Record<string, never>, string>
        >();
        expectTypeOf(called.call()).toEqualTypeOf<Observable<string>>();
      }
    };
    look(received(callOf('{}', { name: 'now' }), [add, now]) as Called);
  });

  it('should be an invalid one only, where no tools are declared', () => {
    expectTypeOf<Tool<never, PlainWire>>().toEqualTypeOf<InvalidTool<PlainWire, never>>();
  });
});

describe('receiveTool', () => {
  it('should give a valid tool for arguments that fit', () => {
    expect(received(callOf('{"a":1,"b":2}', { index: 3 }))).toMatchObject({
      id: 'call_1',
      index: 3,
      name: 'add',
      args: { a: 1, b: 2 },
      argumentsText: '{"a":1,"b":2}',
      toolCall: { id: 'call_1', name: 'add', json: 'raw' },
      error: null,
    });
  });

  it('should make an id of the position where the provider gave none', () => {
    expect(received(callOf('{}', { id: null, index: 3 })).id).toBe('call_3');
  });

  it.each(['', ' ', '\n', '{}', ' {} ', 'null', ' null '])(
    'should take %j for no arguments',
    (text) => {
      const none = tool({ name: 'add', parameters: z.strictObject({}) });
      expect(received(callOf(text), [none])).toMatchObject({ args: {}, error: null });
    },
  );

  it('should not take no arguments for those that are required', () => {
    expect(received(callOf('')).error?.code).toBe('invalid-tool-arguments');
  });

  it.each([
    ['cut off', '{"a":1,"b":', /not valid JSON/],
    ['two values', '{"a":1,"b":2}{}', /not valid JSON/],
    ['JSON with a comma too many', '{"a":1,"b":2,}', /not valid JSON/],
    ['JavaScript, not JSON', "{a:1,'b':2}", /not valid JSON/],
    ['a list', '[1,2]', /object/],
    ['a text that holds the arguments', '"{\\"a\\":1,\\"b\\":2}"', /object/],
    ['a value of another type', '{"a":"1","b":2}', /a: .*number/],
    ['nothing where something is required', 'null', /a: /],
  ])('should refuse arguments that are %s', (_, text, reason) => {
    const refused = received(callOf(text));
    expect(refused).toMatchObject({
      id: 'call_1',
      name: 'add',
      args: null,
      argumentsText: text,
      error: { code: 'invalid-tool-arguments', provider: 'plain', retryable: false },
    });
    expect(refused.error?.message).toMatch(/^\[plain\] Tool "add" was called with invalid/);
    expect(refused.error?.message).toMatch(reason);
  });

  it('should refuse a tool that was not declared, and say where to declare it', () => {
    expect(received(callOf('{}', { name: 'fly' })).error).toMatchObject({
      code: 'unknown-tool',
      message: '[plain] Tool "fly" was called but not declared; add it to tools.',
    });
    expect(received(callOf('{}', { name: '' })).error?.code).toBe('unknown-tool');
    expect(received(callOf('{}', { name: 'toString' })).error?.code).toBe('unknown-tool');
  });

  it('should refuse arguments whose validation throws', () => {
    const broken: ToolDefinition = {
      ...add,
      validate: () => {
        throw new Error('no');
      },
    };
    expect(received(callOf('{"a":1}'), [broken]).error?.code).toBe('invalid-tool-arguments');
  });

  it('should not let arguments reach the prototype of objects', () => {
    const open = tool({ name: 'add', parameters: {} });
    const { args } = received(callOf('{"__proto__":{"admin":true}}'), [open]);
    expect((args as { admin?: boolean }).admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('call() of a valid tool', () => {
  it.each([
    ['a value', () => 3, [3]],
    ['a list, as one value', () => [1, 2], [[1, 2]]],
    ['nothing, as undefined', () => undefined, [undefined]],
    ['what a promise resolves with', () => Promise.resolve(3), [3]],
    ['every value of an Observable', () => of(1, 2, 3), [1, 2, 3]],
  ])('should give %s', async (_, execute, values) => {
    expect(await runOf(execute)).toEqual({ values, completed: true, error: null });
  });

  it('should error with what execute throws or rejects with', async () => {
    const failure = new Error('no weather today');
    const thrown = await runOf(() => {
      throw failure;
    });
    expect(thrown.error).toBe(failure);
    expect((await runOf(() => Promise.reject(failure))).error).toBe(failure);
  });

  it('should run the tool per subscription, and not before', async () => {
    let runs = 0;
    const count = tool({ name: 'add', parameters: {}, execute: () => ++runs });
    const called = received(callOf('{}'), [count]);
    const result = called.call();
    await settled();
    expect(runs).toBe(0);
    await Promise.all([outcomeOf<unknown>(result), outcomeOf<unknown>(result)]);
    expect(runs).toBe(2);
  });

  it('should tell execute the id it is called under, and give each run a signal of its own', async () => {
    const contexts: ToolContext[] = [];
    const execute = (_args: unknown, context: ToolContext): void => void contexts.push(context);
    await runOf(execute);
    await runOf(execute);
    expect(contexts.map(({ id }) => id)).toEqual(['call_1', 'call_1']);
    expect(contexts[0]?.signal).not.toBe(contexts[1]?.signal);
  });

  it('should abort the signal when it is unsubscribed from', () => {
    let signal: AbortSignal | undefined;
    const wait = tool({
      name: 'add',
      parameters: {},
      execute: (_args: unknown, context) => {
        signal = context.signal;
        return new Promise<string>(() => undefined);
      },
    });
    const subscription = received(callOf('{}'), [wait]).call().subscribe();
    expect(signal?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
  });

  it('should abort the signal when enough has come', async () => {
    let signal: AbortSignal | undefined;
    const values = concat(of(1, 2), NEVER);
    const stream = tool({
      name: 'add',
      parameters: {},
      execute: (_args: unknown, context) => {
        signal = context.signal;
        return values;
      },
    });
    const called: Observable<unknown> = received(callOf('{}'), [stream]).call();
    expect((await outcomeOf(called.pipe(take(2)))).values).toEqual([1, 2]);
    expect(signal?.aborted).toBe(true);
  });

  it('should abort the signal when execute itself brings about that nobody waits', async () => {
    const leave = new Subject<void>();
    const aborted: boolean[] = [];
    const leaving = tool({
      name: 'add',
      parameters: {},
      execute: (_args: unknown, { signal }) => {
        leave.next();
        aborted.push(signal.aborted);
        // Nobody is told of this, nor is it left unhandled.
        return Promise.reject(new Error('aborted'));
      },
    });
    const called: Observable<unknown> = received(callOf('{}'), [leaving]).call();
    expect(await outcomeOf(called.pipe(takeUntil(leave)))).toMatchObject({
      values: [],
      completed: true,
    });
    await settled();
    expect(aborted).toEqual([true]);
  });

  it('should leave the signal alone when the tool has ended by itself', async () => {
    const signals: AbortSignal[] = [];
    await runOf((_args, { signal }) => void signals.push(signal));
    await runOf((_args, { signal }) => {
      signals.push(signal);
      throw new Error('no');
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  it('should say nothing after it is unsubscribed from, even when execute fails because of it', async () => {
    const wait = tool({
      name: 'add',
      parameters: {},
      execute: (_args: unknown, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    const said: unknown[] = [];
    const called: Observable<unknown> = received(callOf('{}'), [wait]).call();
    called.subscribe({ error: (error: unknown) => said.push(error) }).unsubscribe();
    await settled();
    expect(said).toEqual([]);
  });

  it('should refuse a tool that cannot be run here, though its call is valid', async () => {
    const elsewhere = tool({ name: 'add', parameters: {} });
    const called = received(callOf('{}'), [elsewhere]);
    expect(called).toMatchObject({ args: {}, error: null });
    expect((await outcomeOf<unknown>(called.call())).error).toMatchObject({
      code: 'tool-execution',
      provider: 'plain',
    });
  });
});

describe('refusedTool', () => {
  it('should show the call and why it must not run, and error when it is run', async () => {
    const error = new StreamError('plain', { code: 'invalid-tool-arguments', message: 'No' });
    const call = callOf('{"a":', { id: null, index: 2 });
    const refused = refusedTool<PlainWire>(call, { id: null, name: 'add', json: '' }, error);
    expect(refused).toMatchObject({
      id: 'call_2',
      index: 2,
      name: 'add',
      args: null,
      argumentsText: '{"a":',
      error,
    });
    expect((await outcomeOf(refused.call())).error).toBe(error);
  });
});

describe('parseArguments', () => {
  it('should read JSON strictly', () => {
    expect(parseArguments(' {"a":[1,null]} ')).toEqual({ a: [1, null] });
    expect(parseArguments('[]')).toEqual([]);
    expect(() => parseArguments('{"a":1')).toThrow(SyntaxError);
    expect(() => parseArguments('undefined')).toThrow(SyntaxError);
  });

  it.each(['', '  ', 'null', '\tnull\n'])('should read %j as no arguments', (text) => {
    expect(parseArguments(text)).toEqual({});
  });
});
