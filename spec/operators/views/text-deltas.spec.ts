import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { lastValueFrom, toArray, type Observable } from 'rxjs';
import { z } from 'zod';
import { responseModel } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import {
  finish,
  scriptedProvider,
  streamOf,
  text,
  thinking,
  toolCallPieces,
  tuplesOf,
} from 'rx-llm/testing';
import { textDeltas } from '../../../operators/views/text-deltas.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

describe('textDeltas', () => {
  const values = tuplesOf({ a: 'He', t: thinking('Hm'), b: 'llo', e: '' });
  const texts = { a: 'He', b: 'llo' };

  it('should give the text and leave out what has none', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-t-b-e-|', values);
      expectObservable(source.pipe(textDeltas())).toBe('-a---b---|', texts);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should never emit, complete and error as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-', values);
      const empty = cold('--|', values);
      const failing = cold('-a-#', values);
      expectObservable(never.pipe(textDeltas())).toBe('-');
      expectObservable(empty.pipe(textDeltas())).toBe('--|');
      expectObservable(failing.pipe(textDeltas())).toBe('-a-#', texts);
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
      expectSubscriptions(failing.subscriptions).toBe('^--!');
    });
  });

  it('should leave the source when it is unsubscribed from', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-t-b-|', values);
      expectObservable(source.pipe(textDeltas()), '--!').toBe('-a-', texts);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should give the same to every subscriber of one instance', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-|', values);
      const result = source.pipe(textDeltas());
      expectObservable(result).toBe('-a-b-|', texts);
      expectObservable(result, '--^').toBe('---a-b-|', texts);
      expectSubscriptions(source.subscriptions).toBe(['^----!', '--^----!']);
    });
  });

  it('should give the arguments of the tool that stands for the answer', async () => {
    const model = responseModel(z.object({ a: z.number() }), { mode: 'tool' });
    const llm = scriptedProvider(toolCallPieces({ name: 'response', args: { a: 1 } }));
    const source = llm.call({ model: 'm', responseModel: model }, () => 'Hi')();
    const deltas = await lastValueFrom(source.pipe(textDeltas(), toArray()));
    expect(deltas.join('')).toBe('{"a":1}');
  });

  it('should add up to the text of the response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), async (pieces) => {
        const source = streamOf([...pieces.map((piece) => text(piece)), finish()]);
        const deltas = await lastValueFrom(source.pipe(textDeltas(), toArray()));
        const response = await lastValueFrom(source.pipe(toCallResponse()));
        expect(deltas.join('')).toBe(response.content);
        expect(deltas).not.toContain('');
      }),
    );
  });

  it('should take tuples of any call', () => {
    const source = streamOf('Hi');
    expectTypeOf(source.pipe(textDeltas())).toEqualTypeOf<Observable<string>>();
  });
});
