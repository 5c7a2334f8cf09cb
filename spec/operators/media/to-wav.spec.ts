import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { EMPTY, from, lastValueFrom, map, of, Subject, take, type Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { StreamError, type StreamTuple } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { toWav } from '../../../operators/media/to-wav.ts';
import { wavFile } from '../../../operators/media/wav.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { audioCall, audioTuple, bytesTuple, piecesOf, transcriptTuple } from './audio-tuples.ts';

const run = (test: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test);

describe('toWav', () => {
  const values = { a: bytesTuple(1, 2, 3), b: bytesTuple(4), t: transcriptTuple('hello') };
  const files = {
    x: wavFile(Uint8Array.of(1, 2, 3, 4)),
    y: wavFile(Uint8Array.of(1, 2, 3)),
  };
  const wav = toWav();
  const none = { defaultValue: null };
  const errorWith = (facts: object): unknown => expect.objectContaining(facts);

  it('should emit one file of all audio when the source completes', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a-t-b--|', values);
      const subscription = ' ^--------!';
      const expected = '     ---------(x|)';
      expectObservable(source.pipe(wav)).toBe(expected, files);
      expectSubscriptions(source.subscriptions).toBe(subscription);
    });
  });

  it('should emit the file of a single chunk', () => {
    run(({ cold, expectObservable }) => {
      const source = cold('--a--|', values);
      expectObservable(source.pipe(wav)).toBe('-----(y|)', files);
    });
  });

  it('should emit nothing for a source that never emits', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<StreamTuple>('-');
      expectObservable(source.pipe(wav)).toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^');
    });
  });

  it('should emit nothing while the source goes on', () => {
    run(({ cold, expectObservable }) => {
      const source = cold('--a--b---', values);
      expectObservable(source.pipe(wav)).toBe('-');
    });
  });

  it('should error with empty for an empty source', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<StreamTuple>('--|');
      expectObservable(source.pipe(wav)).toBe('--#', {}, errorWith({ code: 'empty' }));
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should error with empty, and the response, when no audio arrived', async () => {
    const source = of(audioTuple({ content: 'no', refusal: 'I cannot sing' }, audioCall('openai')));
    const { values: given, error } = await outcomeOf(source.pipe(toWav()));
    expect(given).toEqual([]);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({
      code: 'empty',
      provider: 'openai',
      message:
        '[openai] No audio arrived, so there is no WAV file; ask for audio in the call, or see error.partial.',
      partial: { content: 'no', refusal: 'I cannot sing' },
    });
  });

  it('should error with empty when all audio is of no bytes', async () => {
    const { error } = await outcomeOf(of(bytesTuple()).pipe(toWav()));
    expect(error).toMatchObject({ code: 'empty' });
  });

  it('should error with the source and give no file', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a--#', values, 'reset');
      const failure = errorWith({ code: 'operator', cause: 'reset' });
      expectObservable(source.pipe(wav)).toBe('-----#', {}, failure);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('should keep the audio that arrived before an error in partial', async () => {
    const source = new Subject<StreamTuple>();
    const outcome = outcomeOf(source.pipe(toWav()));
    source.next(bytesTuple(1, 2));
    source.error(new Error('reset'));
    const { error } = await outcome;
    expect((error as StreamError).partial?.audio).toEqual(Uint8Array.of(1, 2));
  });

  it('should unsubscribe from the source when unsubscribed and give nothing', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a--b--|', values);
      const subscription = ' ^----!';
      expectObservable(source.pipe(wav), subscription).toBe('-');
      expectSubscriptions(source.subscriptions).toBe(subscription);
    });
  });

  it('should give the file of what was taken when the source is cut short', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a--b--|', values);
      expectObservable(source.pipe(take(1), wav)).toBe('--(y|)', files);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should start anew on every subscription of the same operator', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a--b--|', values);
      const result = source.pipe(wav);
      expectObservable(result, '^---!').toBe('-');
      expectObservable(result, '-----^').toBe('-------------(x|)', files);
      expectSubscriptions(source.subscriptions).toBe(['^---!', '-----^-------!']);
    });
  });

  it('should start anew with another call', async () => {
    const [first, second] = [audioCall(), audioCall()];
    const source = of(
      audioTuple({ audio: Uint8Array.of(1, 2, 3) }, first),
      audioTuple({ audio: Uint8Array.of(4, 5) }, second),
    );
    expect(await lastValueFrom(source.pipe(toWav()), none)).toEqual(wavFile(Uint8Array.of(4, 5)));
  });

  it('should be the file of the audio of the response, whatever pieces it comes in', async () => {
    const format = { sampleRate: 8000, channels: 2, sampleWidth: 3 } as const;
    const audio = fc.uint8Array({ minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(audio, fc.array(fc.nat(200)), async (bytes, cuts) => {
        const source = from(piecesOf(bytes, cuts).map((piece) => audioTuple({ audio: piece })));
        const file = await lastValueFrom(source.pipe(toWav(format)), none);
        const response = await lastValueFrom(source.pipe(toCallResponse()), none);
        expect(response?.audio).toEqual(bytes);
        expect(file).toEqual(wavFile(bytes, format));
      }),
    );
  });

  it('should refuse a bad format at once, in its own name', () => {
    expect(() => toWav({ sampleRate: -1 })).toThrow(TypeError);
    expect(() => toWav({ sampleRate: -1 })).toThrow('toWav: sampleRate in Hz must be');
    // @ts-expect-error a width is in bytes, not in bits
    expect(() => toWav({ sampleWidth: 16 })).toThrow('toWav: sampleWidth must be');
  });

  it('should make bytes of tuples by type', () => {
    const result = EMPTY.pipe(
      map((): StreamTuple => bytesTuple()),
      toWav(),
    );
    expectTypeOf(result).toEqualTypeOf<Observable<Uint8Array<ArrayBuffer>>>();
  });
});
