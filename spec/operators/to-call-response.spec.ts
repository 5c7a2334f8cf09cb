import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  bufferTime,
  catchError,
  concat,
  concatMap,
  delay,
  EMPTY,
  filter,
  lastValueFrom,
  map,
  NEVER,
  of,
  retry,
  shareReplay,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { z } from 'zod';
import { StreamError, tool, type CallResponse, type StreamTuple } from 'rx-llm';
import { continueOnLength, takeUntilContains, toCallResponse } from 'rx-llm/operators';
import {
  cut,
  fail,
  finish,
  scriptedProvider,
  stall,
  streamOf,
  text,
  thinking,
  toolCall,
  toolCallPieces,
  tuplesOf,
  usage,
  type Script,
  type ScriptedWire,
} from 'rx-llm/testing';
import { outcomeOf } from '../support/outcome.ts';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({ name: 'get_weather', parameters: z.object({ city: z.string() }) });

const outcome = map(({ content, interrupted }: CallResponse<ScriptedWire>) => ({
  content,
  interrupted,
}));

describe('toCallResponse', () => {
  const events = { a: 'He', b: 'llo' };

  it('should give one whole response when the stream finishes', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('-a-b-|', events);
      const result = streamOf(script).pipe(toCallResponse(), outcome);
      expectObservable(result).toBe('-----(r|)', { r: { content: 'Hello', interrupted: false } });
      expectSubscriptions(script.subscriptions).toBe('^----!');
    });
  });

  it('should give what arrived, interrupted, when something before it ends the stream', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('-a-b-|', events);
      const result = streamOf(script).pipe(take(1), toCallResponse(), outcome);
      expectObservable(result).toBe('-(r|)', { r: { content: 'He', interrupted: true } });
      expectSubscriptions(script.subscriptions).toBe('^!');
    });
  });

  describe('after operators that take their time', () => {
    type Tuple = StreamTuple<ScriptedWire, typeof weather>;
    type Passing = MonoTypeOperatorFunction<Tuple>;

    const late: Passing = delay(9);
    const paced: Passing = concatMap((tuple) => of(tuple).pipe(delay(9)));
    const call = toolCall({ name: 'get_weather', args: { city: 'Oslo' } });
    const all = [text('He'), text('llo'), finish(), usage({ outputTokens: 2 })];

    const interruptedBy = (script: Script, ...operators: readonly Passing[]): boolean => {
      const responses: CallResponse<ScriptedWire>[] = [];
      inVirtualTime(({ flush }) => {
        const stream = operators.reduce<Observable<Tuple>>(
          (source, operator) => source.pipe(operator),
          streamOf(script, { tools: [weather] }),
        );
        stream.pipe(toCallResponse()).subscribe((response) => responses.push(response));
        flush();
      });
      expect(responses).toHaveLength(1);
      return responses[0]!.interrupted;
    };

    it.each<readonly [string, Script, readonly Passing[]]>([
      ['text', all, [late, take(1)]],
      ['text', all, [paced, take(1)]],
      ['text', [text('a END'), text(' b'), text('c')], [paced, takeUntilContains('END')]],
      ['thinking', [text('a'), thinking('b')], [late, take(1)]],
      ['a refusal', [text('a'), { refusal: 'No' }], [late, take(1)]],
      ['audio', [text('a'), { audio: Uint8Array.of(1) }], [late, take(1)]],
      ['a transcript', [text('a'), { audioTranscript: 'b' }], [late, take(1)]],
      ['a tool call', [text('a'), call], [late, take(1)]],
      ['a further tool call', [call, call], [late, take(1)]],
      [
        'a further call of one event',
        [{ toolCalls: [...call.toolCalls!, ...call.toolCalls!] }],
        [late, take(1)],
      ],
      ['the finish reason of calls', [call, finish('content_filter')], [late, take(1)]],
    ])('should be interrupted when %s has come and not arrived', (_, script, operators) => {
      expect(interruptedBy(script, ...operators)).toBe(true);
    });

    it.each<readonly [string, readonly Passing[]]>([
      ['nothing is dropped', [late]],
      ['nothing is dropped', [paced]],
      ['the empty end is dropped', [filter(([{ content }]) => content !== '')]],
      ['the empty end is dropped', [late, filter(([{ content }]) => content !== '')]],
      ['the usage is dropped', [late, filter(([chunk]) => chunk.usage === null)]],
      ['a chunk in the middle is dropped', [late, filter(([{ content }]) => content !== 'He')]],
      ['text is changed', [map(([chunk, each]) => [{ ...chunk, content: '' }, each])]],
      ['all of the text has arrived', [late, take(2)]],
    ])('should be whole when %s', (_, operators) => {
      expect(interruptedBy(all, ...operators)).toBe(false);
    });

    it('should be whole when chunks are put together, with the place of the last', () => {
      const together = bufferTime<Tuple>(50);
      const joined: Passing = (source) =>
        source.pipe(
          together,
          filter((tuples) => tuples.length > 0),
          map((tuples): Tuple => {
            const content = tuples.map(([chunk]) => chunk.content).join('');
            return [{ ...tuples.at(-1)![0], content }, null];
          }),
        );
      expect(interruptedBy(all, joined)).toBe(false);
    });

    it('should tell of each reader of a replayed stream what that one has got', async () => {
      const shared = streamOf(all).pipe(shareReplay({ bufferSize: Infinity, refCount: false }));
      await lastValueFrom(shared);
      const interrupted = async (source: typeof shared) =>
        (await lastValueFrom(source.pipe(toCallResponse()))).interrupted;
      expect(await interrupted(shared.pipe(take(1)))).toBe(true);
      expect(await interrupted(shared)).toBe(false);
    });

    it('should be interrupted when nothing of the last of several calls has arrived', async () => {
      const llm = scriptedProvider((_, position) =>
        position === 0 ? [text('Once '), finish('length')] : 'more.',
      );
      const tell = llm.call('m', () => 'Tell a story');
      const slow = tell().pipe(continueOnLength(), delay(9));
      const response = await lastValueFrom(slow.pipe(take(2), toCallResponse()));
      expect(response).toMatchObject({ content: 'Once ', interrupted: true });
      expect((await lastValueFrom(slow.pipe(toCallResponse()))).interrupted).toBe(false);
    });
  });

  it('should wait for a stream that never ends, and leave it when unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b---', tuplesOf(events));
      expectObservable(source.pipe(toCallResponse()), '-----!').toBe('------');
      expectSubscriptions(source.subscriptions).toBe('  ^----!');
    });
    inVirtualTime(({ expectObservable }) => {
      expectObservable(NEVER.pipe(toCallResponse())).toBe('-');
    });
  });

  it('should give one response per subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = streamOf(cold('ab|', events)).pipe(toCallResponse(), outcome);
      const whole = { r: { content: 'Hello', interrupted: false } };
      expectObservable(result).toBe('--(r|)', whole);
      expectObservable(result).toBe('--(r|)', whole);
    });
  });

  it('should error clearly when nothing ever arrived', async () => {
    const { error, values } = await outcomeOf(EMPTY.pipe(toCallResponse()));
    expect(values).toEqual([]);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'empty', partial: null });
  });

  it('should pass on the call’s own error, which carries what had arrived', async () => {
    const stream = streamOf(['He', 'llo', fail({ code: 'server' })]);
    const { error } = await outcomeOf(stream.pipe(toCallResponse()));
    expect(error).toMatchObject({ code: 'server', provider: 'scripted' });
    expect((error as StreamError).partial).toMatchObject({ content: 'Hello', interrupted: true });
  });

  it('should say that a stream was cut, and never that it is whole', async () => {
    const { error, values } = await outcomeOf(streamOf(['He', cut()]).pipe(toCallResponse()));
    expect(values).toEqual([]);
    expect(error).toMatchObject({ code: 'truncated', retryable: true });
  });

  it('should carry what had arrived when a timeout ends the stream', () => {
    inVirtualTime(({ cold, flush }) => {
      const failures: StreamError[] = [];
      streamOf(cold('-a-----b|', events))
        .pipe(timeout({ each: 3 }), toCallResponse())
        .subscribe({ error: (error: unknown) => failures.push(error as StreamError) });
      flush();
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ code: 'timeout', retryable: true, provider: 'scripted' });
      expect(failures[0]?.partial).toMatchObject({ content: 'He', interrupted: true });
      expect((failures[0]?.cause as Error).name).toBe('TimeoutError');
    });
  });

  it('should carry what had arrived when a callback in the pipe throws', async () => {
    const fault = new Error('my own');
    let seen = 0;
    const stream = streamOf(['He', 'llo']).pipe(
      tap(() => {
        if (++seen === 2) throw fault;
      }),
      toCallResponse(),
    );
    const { error } = await outcomeOf(stream);
    expect(error).toMatchObject({ code: 'operator', cause: fault, retryable: false });
    expect((error as StreamError).partial?.content).toBe('He');
  });

  it('should carry what had arrived where an operator puts its own error in place of the call’s', async () => {
    const fault = new Error('my own');
    const stream = streamOf(['He', cut()]).pipe(catchError(() => throwError(() => fault)));
    const { error } = await outcomeOf(stream.pipe(toCallResponse()));
    expect(error).toMatchObject({ code: 'operator', cause: fault, partial: { content: 'He' } });
  });

  it('should take an attempt without a chunk for the one before, which it cannot tell apart', async () => {
    const llm = scriptedProvider((_, position) => (position === 0 ? ['stale', cut()] : [stall()]));
    const stream = llm
      .call('m', () => 'Hello')()
      .pipe(timeout({ first: 5 }), retry(1), toCallResponse());
    const { error } = await outcomeOf(stream);
    expect(error).toMatchObject({ code: 'timeout', partial: { content: 'stale' } });
  });

  it('should show a tool call that was cut off, and leave it out of the next turn', async () => {
    const pieces = toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } });
    const stream = streamOf([text('So'), ...pieces.slice(0, -1), stall()], { tools: [weather] });
    const response = await lastValueFrom(stream.pipe(take(pieces.length), toCallResponse()));
    expect(response.tools).toHaveLength(1);
    expect(response.tools[0]).toMatchObject({
      args: null,
      error: { code: 'invalid-tool-arguments' },
    });
    expect(response.commonMessageParam).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'So' }],
    });
    expect(JSON.stringify(response.messageParam)).not.toContain('get_weather');
  });

  it('should give the last of several calls', async () => {
    const both = concat(streamOf('one'), streamOf('two'));
    expect((await lastValueFrom(both.pipe(toCallResponse()))).content).toBe('two');
  });

  it('should chain calls with switchMap, and cancel the chain in either call', () => {
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const first = scriptedProvider(cold('-a-b|', events), { name: 'first' });
      const second = scriptedProvider(cold('-c-d|', { c: 'Hal', d: 'lo' }));
      const summarise = first.call('m', (topic: string) => `Summarise ${topic}`);
      const translate = second.call('m', (words: string) => `Translate ${words}`);
      const chain = summarise('it').pipe(
        toCallResponse(),
        switchMap(({ content }) => translate(content)),
        toCallResponse(),
        outcome,
      );
      expectObservable(chain).toBe('--------(r|)', { r: { content: 'Hallo', interrupted: false } });
      expectObservable(chain, '--!').toBe('---');
      flush();
      expect(first.requests.map(({ state }) => state)).toEqual(['finished', 'unsubscribed']);
      expect(second.requests[0]).toMatchObject({
        messages: [{ role: 'user', content: 'Translate Hello' }],
      });
      expect(second.requests).toHaveLength(1);
    });
  });

  it('should hold what all chunks held, whatever they were', async () => {
    const parts = fc.array(fc.string({ minLength: 1 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(), async (texts, stop) => {
        const end = stop % (texts.length + 1);
        const script = [...texts.map((part) => text(part)), finish()];
        const left = streamOf(script).pipe(take(end + 1), toCallResponse());
        const response = await lastValueFrom(left);
        expect(response.content).toBe(texts.slice(0, end + 1).join(''));
        expect(response.interrupted).toBe(true);
        const whole = await lastValueFrom(streamOf(script).pipe(toCallResponse()));
        expect(whole).toMatchObject({ content: texts.join(''), interrupted: false });
      }),
    );
  });

  it('should keep the types of provider and tools', () => {
    const stream = streamOf('Hi', { tools: [weather] });
    const result = stream.pipe(takeUntilContains('!'), toCallResponse());
    expectTypeOf(result).toEqualTypeOf<Observable<CallResponse<ScriptedWire, typeof weather>>>();
    // @ts-expect-error: a stream of anything else has no response
    void of('text').pipe(toCallResponse());
  });
});
