import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { EMPTY, map, NEVER, of, throwError } from 'rxjs';
import type { Message, UserPart } from '../../lib/message.ts';
import { runPrompt, type IsCommon, type Prompt } from '../../lib/prompt.ts';
import { StreamError } from '../../lib/stream-error.ts';
import type { ToolDefinition } from '../../lib/tool.ts';
import { outcomeOf, settled } from '../support/outcome.ts';
import { inVirtualTime } from '../support/virtual-time.ts';
import type { PlainMessage, PlainWire } from './plain-provider.ts';

/** The messages of a prompt. */
const asked = <Args extends readonly unknown[]>(prompt: Prompt<Args, PlainWire>, ...args: Args) =>
  runPrompt<Args, PlainWire>(prompt, args).pipe(map(({ messages }) => messages));

const messagesOf = <Args extends readonly unknown[]>(
  prompt: Prompt<Args, PlainWire>,
  ...args: Args
) => outcomeOf(runPrompt<Args, PlainWire>(prompt, args).pipe(map(({ messages }) => messages)));

describe('runPrompt', () => {
  const user: PlainMessage = { role: 'user', content: 'Hello' };

  it.each<readonly [string, Prompt<[], PlainWire>]>([
    ['a string', () => 'Hello'],
    ['a promise of one', () => Promise.resolve('Hello')],
    ['an Observable of one', () => of('Hello')],
    ['the first of several', () => of('Hello', 'ignored')],
    ['one message', () => [user]],
  ])('should make one message of the user of %s', async (_, prompt) => {
    expect(await messagesOf(prompt)).toEqual({ values: [[user]], completed: true, error: null });
  });

  it('should hand the arguments to the prompt', async () => {
    const { values } = await messagesOf(
      (name: string, age: number) => `${name} is ${age}`,
      'Ada',
      36,
    );
    expect(values[0]).toEqual([{ role: 'user', content: 'Ada is 36' }]);
  });

  it('should make one message of the user of parts', async () => {
    const parts: readonly UserPart[] = [
      { type: 'text', text: 'What is this?' },
      { type: 'image', url: 'https://example.com/cat.png' },
    ];
    expect((await messagesOf(() => parts)).values).toEqual([[{ role: 'user', content: parts }]]);
  });

  it('should leave messages as they are, in common terms or the provider’s own', async () => {
    const messages = [{ role: 'system', content: 'Be brief' }, user, { role: 'robot', content: 1 }];
    expect((await messagesOf(() => messages)).values).toEqual([messages]);
    // Gemini's messages have parts of their own, and other APIs' a type beside the role.
    const others = [{ parts: [{ text: 'Hello' }] }, { type: 'message', role: 'user' }];
    for (const other of others) {
      expect((await messagesOf(() => [other as unknown as PlainMessage])).values).toEqual([
        [other],
      ]);
    }
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    ['undefined', () => undefined, /it gave undefined; return a string, parts or messages/],
    ['null', () => null, /it gave null/],
    ['a number', () => 5, /it gave number/],
    ['a single message', () => user, /it gave object/],
    ['an empty list', () => [], /empty list/],
    ['a promise of nothing', () => Promise.resolve(undefined), /it gave undefined/],
    ['an Observable without a value', () => EMPTY, /completed without a value/],
  ])('should error for %s', async (_, prompt, reason) => {
    const { values, error } = await messagesOf(prompt as Prompt<[], PlainWire>);
    expect(values).toEqual([]);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'prompt', retryable: false });
    expect((error as StreamError).message).toMatch(reason);
  });

  it('should error with what the prompt throws, rejects or errors with', async () => {
    const failure = new Error('no genre');
    const prompts: readonly Prompt<[], PlainWire>[] = [
      () => {
        throw failure;
      },
      () => Promise.reject(failure),
      () => throwError(() => failure),
    ];
    for (const prompt of prompts) expect((await messagesOf(prompt)).error).toBe(failure);
  });

  it('should run the prompt once per subscription, and not before', async () => {
    let runs = 0;
    const messages = asked(() => `Run ${++runs}`);
    await settled();
    expect(runs).toBe(0);
    expect((await outcomeOf(messages)).values).toEqual([[{ role: 'user', content: 'Run 1' }]]);
    expect((await outcomeOf(messages)).values).toEqual([[{ role: 'user', content: 'Run 2' }]]);
  });

  it('should leave the prompt’s Observable after its first value', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prompt = cold('   --a--b--|', { a: 'Hello', b: 'ignored' });
      const subscribed = '    ^-!';
      const expected = '      --(m|)';
      expectObservable(asked(() => prompt)).toBe(expected, {
        m: [user],
      });
      expectSubscriptions(prompt.subscriptions).toBe(subscribed);
    }));

  it('should leave the prompt’s Observable when it is unsubscribed from', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const prompt = cold('   -----a--|', { a: 'Hello' });
      const unsubscribed = '  ^--!';
      const expected = '      ----';
      expectObservable(
        asked(() => prompt),
        unsubscribed,
      ).toBe(expected);
      expectSubscriptions(prompt.subscriptions).toBe(unsubscribed);
    }));

  it('should say nothing of a promise that rejects after it is unsubscribed from', async () => {
    const said: unknown[] = [];
    asked(() => Promise.reject(new Error('late')))
      .subscribe({ error: (error: unknown) => said.push(error) })
      .unsubscribe();
    await settled();
    expect(said).toEqual([]);
  });

  it('should wait for an Observable that has not said anything', () =>
    inVirtualTime(({ expectObservable }) => {
      expectObservable(
        asked(() => NEVER),
        '^ 1s !',
      ).toBe('-');
    }));

  it('should not let the caller’s list change the messages later', async () => {
    const history: PlainMessage[] = [user];
    const { values } = await messagesOf(() => history);
    history.push({ role: 'assistant', content: 'Hi' });
    expect(values).toEqual([[user]]);
  });

  it.each<readonly [string, unknown]>([
    ['texts', ['Hello', 'there']],
    ['nulls', [null]],
    ['numbers', [1]],
  ])('should error for a list of %s', async (_, list) => {
    const { error } = await messagesOf((() => list) as Prompt<[], PlainWire>);
    expect(error).toMatchObject({ code: 'prompt' });
  });

  it('should tell settings from the messages they come with', async () => {
    const settings = { model: 'plain-2', commonParams: { seed: 1 }, key: 'mine' };
    for (const messages of ['Hello', [{ role: 'user', content: 'Hello' }]] as const) {
      const { values } = await outcomeOf(
        runPrompt<[], PlainWire>(() => ({ messages, ...settings }), []),
      );
      expect(values).toEqual([{ messages: [{ role: 'user', content: 'Hello' }], settings }]);
    }
    const { values } = await outcomeOf(runPrompt<[], PlainWire>(() => 'Hello', []));
    expect(values[0]!.settings).toEqual({});
  });

  it('should error for settings without anything to send', async () => {
    for (const messages of [undefined, null, [], {}]) {
      const prompt = (() => ({ messages })) as unknown as Prompt<[], PlainWire>;
      expect((await messagesOf(prompt)).error).toMatchObject({ code: 'prompt' });
    }
  });

  it('should know what any provider understands', () => {
    interface Common {
      readonly text: string;
      readonly parts: readonly UserPart[];
      readonly messages: readonly Message[];
      readonly narrow: { role: 'user'; content: string }[];
      readonly config: { messages: string; model: string; commonParams: { seed: number } };
      readonly toolsAlong: { messages: string; tools: readonly ToolDefinition[] };
      readonly either: string | { messages: string; metadata: { tag: number } };
    }
    expectTypeOf<{ [Key in keyof Common]: IsCommon<Common[Key]> }>().toEqualTypeOf<{
      [Key in keyof Common]: true;
    }>();
    interface Own {
      readonly messages: readonly PlainMessage[];
      readonly params: { messages: string; callParams: { temperature: number } };
      readonly connection: { messages: string; key: string };
      readonly inConfig: { messages: readonly PlainMessage[] };
      readonly either: string | { messages: string; key: string };
    }
    expectTypeOf<{ [Key in keyof Own]: IsCommon<Own[Key]> }>().toEqualTypeOf<{
      [Key in keyof Own]: false;
    }>();
  });
});
