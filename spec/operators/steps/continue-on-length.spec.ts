import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { delay, take, timer, type Observable } from 'rxjs';
import { responseModel, tool, type StreamError, type StreamTuple } from 'rx-llm';
import { accumulate, continueOnLength, structured, toCallResponse } from 'rx-llm/operators';
import {
  contents,
  cut,
  fail,
  finish,
  scriptedProvider,
  stall,
  text,
  thinking,
  toolCall,
  usage,
  wait,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from '../../support/outcome.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

/** A provider that answers the first request, the second, … with these scripts. */
const answering = (...scripts: readonly Script[]) =>
  scriptedProvider((_, position) => scripts[position] ?? 'No more.');

const limited = (content: string): Script => [text(content), finish('length')];

describe('continueOnLength', () => {
  it('should ask for the rest of an answer that the output limit cut off', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const llm = answering(
        [wait(1), text('Once '), wait(2), finish('length')],
        [wait(3), text('upon '), finish('length')],
        [wait(4), text('a time.'), finish()],
      );
      const tell = llm.call('m', () => 'Tell a story');
      expectObservable(tell().pipe(continueOnLength(), contents())).toBe('-a-e--(be)(ce|)', {
        a: 'Once ',
        b: 'upon ',
        c: 'a time.',
        e: '',
      });
      flush();
      const question = { role: 'user', content: 'Tell a story' };
      const goOn = { role: 'user', content: expect.stringMatching(/^Go on exactly/) };
      const answered = (content: string) => ({
        role: 'assistant',
        content: [{ type: 'text', text: content }],
      });
      expect(llm.requests.map(({ messages }) => messages)).toEqual([
        [question],
        [question, answered('Once '), goOn],
        [question, answered('Once upon '), goOn],
      ]);
    });
  });

  it('should give one answer, with the pieces and the sums', async () => {
    const llm = answering(
      [
        thinking('Hm. '),
        text('Once '),
        finish('length'),
        usage({ inputTokens: 9, outputTokens: 2 }),
      ],
      [thinking('Yes.'), text('more.'), finish(), usage({ inputTokens: 20, outputTokens: 3 })],
    );
    const tell = llm.call('m', () => 'Tell a story');
    const { values } = await outcomeOf(tell().pipe(continueOnLength(), toCallResponse()));
    const [response] = values;
    expect(response).toMatchObject({
      content: 'Once more.',
      thinking: 'Hm. Yes.',
      commonFinishReasons: ['stop'],
      interrupted: false,
      inputTokens: 20,
    });
    expect(response!.steps.map(({ content }) => content)).toEqual(['Once ']);
    expect(response!.totalUsage).toMatchObject({ inputTokens: 29, outputTokens: 5 });
    // What comes next is an answer to the question, not to the request to go on.
    expect(response!.messages).toEqual([{ role: 'user', content: 'Tell a story' }]);
    expect(response!.messageParam).toMatchObject({
      role: 'assistant',
      content: [{ type: 'thinking' }, { type: 'text', text: 'Once more.' }],
    });
  });

  it('should let the text grow without a break', async () => {
    const llm = answering(limited('One, '), limited('two, '), 'three.');
    const tell = llm.call('m', () => 'Count');
    const { values } = await outcomeOf(tell().pipe(continueOnLength(), accumulate()));
    expect([...new Set(values.map(({ content }) => content))]).toEqual([
      'One, ',
      'One, two, ',
      'One, two, three.',
    ]);
    expect(values.every(({ startTime }) => startTime === values[0]!.startTime)).toBe(true);
  });

  it('should stop after the most requests, and leave the finish reason as it is', async () => {
    const llm = scriptedProvider((_, position) => limited(`${position} `));
    const tell = llm.call('m', () => 'Count');
    for (const [options, most] of [[{ maxSteps: 3 }, 3] as const, [{}, 5] as const]) {
      const before = llm.requests.length;
      const { values } = await outcomeOf(tell().pipe(continueOnLength(options), toCallResponse()));
      expect(values[0]).toMatchObject({ commonFinishReasons: ['length'], interrupted: false });
      expect(llm.requests.length - before).toBe(most);
    }
  });

  it('should not go on where there is nothing to go on with', async () => {
    const act = tool({ name: 'act', parameters: { type: 'object' } });
    const cases: readonly (readonly Script[])[] = [
      ['All said.'],
      [[text('Bad'), finish('content_filter')]],
      // A piece without a word: the next would be no better.
      [limited('')],
      [limited('So '), limited('')],
      [[text('So '), toolCall({ name: 'act' }), finish('length')]],
    ];
    for (const scripts of cases) {
      const llm = answering(...scripts);
      const { completed } = await outcomeOf(
        llm
          .call({ model: 'm', tools: [act] }, () => 'Go')()
          .pipe(continueOnLength()),
      );
      expect([completed, llm.requests.length]).toEqual([true, scripts.length]);
    }
  });

  it('should not go on with an answer that comes as the arguments of a tool', async () => {
    const model = responseModel(z.object({ a: z.string() }), { mode: 'tool', name: 'answer' });
    const llm = answering([
      { toolCalls: [{ name: 'answer', arguments: '{"a":"x' }] },
      finish('length'),
    ]);
    const ask = llm.call({ model: 'm', responseModel: model }, () => 'Go');
    const { error } = await outcomeOf(ask().pipe(continueOnLength(), structured()));
    expect(error).toMatchObject({ code: 'invalid-output' });
    expect(llm.requests).toHaveLength(1);
  });

  it('should go on with JSON as with any text', async () => {
    const model = z.object({ title: z.string(), year: z.number() });
    const llm = answering(limited('{"title":"Du'), [text('ne","year":1965}')]);
    const ask = llm.call({ model: 'm', responseModel: model }, () => 'Dune, 1965');
    const { values } = await outcomeOf(ask().pipe(continueOnLength(), structured()));
    expect(values.map((each) => (each.done ? each.value : each.partial))).toEqual([
      { title: 'Du' },
      { title: 'Dune', year: 1965 },
      { title: 'Dune', year: 1965 },
    ]);
  });

  it('should give an answer that failed or was left in a later piece as far as it came', async () => {
    const llm = answering(limited('One, '), [text('two, '), cut()], limited('One, '), [
      text('two, '),
      text('three'),
    ]);
    const tell = llm.call('m', () => 'Count');
    const { error } = await outcomeOf(tell().pipe(continueOnLength(), toCallResponse()));
    expect(error).toMatchObject({ code: 'truncated', partial: { content: 'One, two, ' } });
    const { values } = await outcomeOf(tell().pipe(continueOnLength(), take(3), toCallResponse()));
    expect(values[0]).toMatchObject({ content: 'One, two, ', interrupted: true });
  });

  it('should give what had arrived when a further request fails before its first chunk', async () => {
    const busy = fail({ code: 'rate-limit', status: 429 });
    const llm = answering(limited('One, '), limited('two, '), [busy]);
    const tell = llm.call('m', () => 'Count');
    const { error } = await outcomeOf(tell().pipe(continueOnLength(), toCallResponse()));
    expect(error).toMatchObject({ code: 'rate-limit', status: 429 });
    const { partial } = error as StreamError;
    expect(partial).toMatchObject({ content: 'One, two, ', interrupted: true });
    expect(partial!.steps.map(({ content }) => content)).toEqual(['One, ']);
  });

  it('should end when the signal of the call aborts, in whichever request and between two', () => {
    // The first answer comes through the delay at 20, the first chunk of the second at 30.
    for (const [time, content, requests] of [
      [10, 'One, ', 1],
      [22, 'One, ', 2],
      [55, 'One, two, ', 2],
    ] as const) {
      inVirtualTime(({ flush }) => {
        const controller = new AbortController();
        const { signal } = controller;
        const llm = answering(limited('One, '), [wait(10), text('two, '), stall()]);
        const tell = llm.call({ model: 'm', signal }, () => 'Count');
        const errors: unknown[] = [];
        tell()
          .pipe(delay(20), continueOnLength())
          .subscribe({ error: (error: unknown) => errors.push(error) });
        timer(time).subscribe(() => controller.abort());
        flush();
        expect(errors).toMatchObject([{ code: 'aborted', partial: { content } }]);
        expect(llm.requests).toHaveLength(requests);
        expect(getEventListeners(signal, 'abort')).toEqual([]);
      });
    }
  });

  it('should join the sound of the pieces', async () => {
    const llm = answering(
      [{ audio: Uint8Array.of(1), audioTranscript: 'One, ' }, text('One, '), finish('length')],
      [{ audio: Uint8Array.of(2, 3), audioTranscript: 'two' }, text('two')],
    );
    const tell = llm.call('m', () => 'Count');
    const { values } = await outcomeOf(tell().pipe(continueOnLength(), toCallResponse()));
    expect(values[0]).toMatchObject({ audioTranscript: 'One, two' });
    expect(values[0]!.audio).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('should mark what was left between two requests as interrupted', async () => {
    const llm = answering(limited('One, '), [wait(50), text('two')]);
    const tell = llm.call('m', () => 'Count');
    const { values } = await outcomeOf(tell().pipe(continueOnLength(), take(2), toCallResponse()));
    expect(values[0]).toMatchObject({ content: 'One, ', interrupted: true });
  });

  it('should leave whichever request is under way when it is unsubscribed from', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const llm = answering(limited('One'), [wait(5), text('two')]);
      const tell = llm.call('m', () => 'Count');
      expectObservable(tell().pipe(continueOnLength(), contents()), '--!').toBe('(ae)', {
        a: 'One',
        e: '',
      });
      const never = cold<StreamTuple<ScriptedWire>>('-');
      expectObservable(never.pipe(continueOnLength()), '--!').toBe('-');
      const failing = cold<StreamTuple<ScriptedWire>>('-#');
      expectObservable(failing.pipe(continueOnLength())).toBe('-#');
      const empty = cold<StreamTuple<ScriptedWire>>('-|');
      expectObservable(empty.pipe(continueOnLength())).toBe('-|');
      expectSubscriptions(never.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^!');
      expectSubscriptions(empty.subscriptions).toBe('^!');
      flush();
      expect(llm.requests.map(({ state }) => state)).toEqual(['finished', 'unsubscribed']);
    });
  });

  it('should start anew with every subscription', async () => {
    const llm = scriptedProvider((_, position) => (position % 2 === 0 ? limited('a') : 'b'));
    const stream = llm
      .call('m', () => 'Go')()
      .pipe(continueOnLength(), toCallResponse());
    for (const requests of [2, 4]) {
      expect((await outcomeOf(stream)).values[0]).toMatchObject({ content: 'ab' });
      expect(llm.requests).toHaveLength(requests);
    }
  });

  it('should ask with the prompt it is given', async () => {
    const llm = answering(limited('a'), 'b');
    await outcomeOf(
      llm
        .call('m', () => 'Go')()
        .pipe(continueOnLength({ prompt: 'Weiter' })),
    );
    expect(llm.requests[1]!.messages.at(-1)).toEqual({ role: 'user', content: 'Weiter' });
  });

  it('should not accept a count that is none', () => {
    for (const maxSteps of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => continueOnLength({ maxSteps })).toThrow(RangeError);
    }
  });

  it('should keep the type of the stream', () => {
    const stream = scriptedProvider('Hello')
      .call('m', () => 'Go')()
      .pipe(continueOnLength());
    expectTypeOf(stream).toEqualTypeOf<Observable<StreamTuple<ScriptedWire, never>>>();
  });
});
