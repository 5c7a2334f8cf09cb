import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  concat,
  EMPTY,
  from,
  map,
  of,
  Subject,
  take,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import type { StreamTuple } from 'rx-llm';
import {
  audioBuffer,
  type AudioBufferOptions,
  type AudioFrame,
} from '../../../operators/media/audio-buffer.ts';
import {
  audioCall,
  audioTuple,
  bytesTuple,
  concatenated,
  piecesOf,
  transcriptTuple,
} from './audio-tuples.ts';

/** A byte per sample and a sample per ms: sizes, positions and times are the same numbers. */
const byteFormat = { sampleRate: 1000, sampleWidth: 1 } as const;

const frameOf = (bytes: readonly number[], start: number, transcript = ''): AudioFrame => ({
  data: Uint8Array.from(bytes),
  start,
  duration: bytes.length,
  transcript,
});

const run = (test: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test);

/** What a source that is synchronous gives. */
function framesOf(source: Observable<StreamTuple>, options: AudioBufferOptions): AudioFrame[] {
  const frames: AudioFrame[] = [];
  source.pipe(audioBuffer(options)).subscribe((frame) => frames.push(frame));
  return frames;
}

describe('audioBuffer', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  describe('as an operator', () => {
    const values = {
      a: bytesTuple(1, 2, 3),
      b: bytesTuple(4, 5, 6, 7, 8),
      c: bytesTuple(9, 10),
      t: transcriptTuple('hello'),
    };
    const frames = {
      x: frameOf([1, 2, 3, 4], 0),
      y: frameOf([5, 6, 7, 8], 4),
      z: frameOf([9, 10], 8),
      r: frameOf([1, 2, 3], 0),
      w: frameOf([], 4, 'hello'),
    };
    const fours = audioBuffer({ ...byteFormat, bytes: 4 });

    it('should emit frames as soon as they are full and the rest at the end', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--b----c--|', values);
        const subscription = ' ^------------!';
        const expected = '     -----(xy)----(z|)';
        expectObservable(source.pipe(fours)).toBe(expected, frames);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      });
    });

    it('should emit nothing for a source that never emits', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple>('-');
        expectObservable(source.pipe(fours)).toBe('-');
        expectSubscriptions(source.subscriptions).toBe('^');
      });
    });

    it('should complete with an empty source', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold<StreamTuple>('--|');
        expectObservable(source.pipe(fours)).toBe('--|');
        expectSubscriptions(source.subscriptions).toBe('^-!');
      });
    });

    it('should emit one chunk that fills no frame when the source completes', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--|', values);
        expectObservable(source.pipe(fours)).toBe('-----(r|)', frames);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('should keep on holding what fills no frame while the source goes on', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--b---', values);
        expectObservable(source.pipe(fours)).toBe('-----(xy)', frames);
        expectSubscriptions(source.subscriptions).toBe('^--------');
      });
    });

    it('should emit the rest before an error', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--#', values);
        expectObservable(source.pipe(fours)).toBe('-----(r#)', frames);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('should error at once when there is no rest', () => {
      run(({ cold, expectObservable }) => {
        const source = cold('  --a--b---#', values);
        expectObservable(source.pipe(fours)).toBe('-----(xy)#', frames);
      });
    });

    it('should unsubscribe from the source when unsubscribed and drop the rest', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--b----c--|', values);
        const subscription = ' ^-------!';
        const expected = '     -----(xy)';
        expectObservable(source.pipe(fours), subscription).toBe(expected, frames);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      });
    });

    it('should stop within a chunk when enough frames were taken', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--b----c--|', values);
        expectObservable(source.pipe(fours, take(1))).toBe('-----(x|)', frames);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('should start anew on every subscription of the same operator', () => {
      run(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --a--b----c--|', values);
        const result = source.pipe(fours);
        expectObservable(result, '^-----!').toBe('-----(xy)', frames);
        expectObservable(result, '----------^').toBe('---------------(xy)----(z|)', frames);
        expectSubscriptions(source.subscriptions).toBe(['^-----!', '----------^------------!']);
      });
    });

    it('should emit a transcript that comes after the last audio at the end', () => {
      run(({ cold, expectObservable }) => {
        const source = cold('  (aab)-t--|', { ...values, a: bytesTuple(1), b: bytesTuple(2, 3) });
        const expected = '     (f)------(w|)';
        const f = { ...frameOf([1, 1, 2, 3], 0) };
        expectObservable(source.pipe(fours)).toBe(expected, { ...frames, f });
      });
    });
  });

  describe('with a synchronous source', () => {
    it('should take one frame of a source without end and leave it', () => {
      let asked = 0;
      function* endless(): Iterable<StreamTuple> {
        for (;;) {
          asked++;
          yield bytesTuple(1, 2);
        }
      }
      const frames: AudioFrame[] = [];
      from(endless())
        .pipe(audioBuffer({ ...byteFormat, bytes: 4 }), take(1))
        .subscribe((frame) => frames.push(frame));
      expect(frames).toEqual([frameOf([1, 2, 1, 2], 0)]);
      expect(asked).toBe(2);
    });

    it('should take one frame of a chunk that fills many and cut no more', () => {
      const copies = jest.spyOn(typedArrays, 'set');
      of(audioTuple({ audio: new Uint8Array(4000) }))
        .pipe(audioBuffer({ ...byteFormat, bytes: 4 }), take(1))
        .subscribe();
      expect(copies).toHaveBeenCalledTimes(1);
    });

    it('should give the frames of a chunk in order when a frame makes the source emit', () => {
      const source = new Subject<StreamTuple>();
      const seen: number[][] = [];
      source.pipe(audioBuffer({ ...byteFormat, bytes: 2 })).subscribe(({ data, start }) => {
        seen.push([...data]);
        if (start === 0) source.next(bytesTuple(5, 6));
      });
      source.next(bytesTuple(1, 2, 3, 4));
      expect(seen).toEqual([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
    });

    it('should lose nothing of a chunk when its first frame makes the source fail', () => {
      const source = new Subject<StreamTuple>();
      const seen: unknown[] = [];
      const aborted = new Error('aborted');
      source.pipe(audioBuffer({ ...byteFormat, bytes: 2 })).subscribe({
        next: ({ data, start }) => {
          seen.push([...data]);
          if (start === 0) source.error(aborted);
        },
        error: (error: unknown) => seen.push(error),
      });
      source.next(bytesTuple(1, 2, 3, 4, 5));
      expect(seen).toEqual([[1, 2], [3, 4], [5], aborted]);
    });

    it('should lose nothing of a chunk when its first frame makes the source complete', () => {
      const source = new Subject<StreamTuple>();
      const seen: unknown[] = [];
      source.pipe(audioBuffer({ ...byteFormat, bytes: 2 })).subscribe({
        next: ({ data, start }) => {
          seen.push([...data]);
          if (start === 0) source.complete();
        },
        complete: () => seen.push('complete'),
      });
      source.next(bytesTuple(1, 2, 3, 4, 5));
      expect(seen).toEqual([[1, 2], [3, 4], [5], 'complete']);
    });
  });

  describe('bytes', () => {
    it('should give any audio back byte for byte, in frames of exactly the size', () => {
      const format = fc.record({
        sampleRate: fc.constantFrom(8000, 11_025, 24_000, 44_100),
        channels: fc.integer({ min: 1, max: 3 }),
        sampleWidth: fc.constantFrom<(1 | 2 | 3 | 4)[]>(1, 2, 3, 4),
      });
      const audio = fc.uint8Array({ maxLength: 300 });
      const cuts = fc.array(fc.nat(300));
      fc.assert(
        fc.property(
          format,
          audio,
          cuts,
          fc.integer({ min: 1, max: 20 }),
          fc.boolean(),
          (given, bytes, positions, samples, inMs) => {
            const { sampleRate, channels, sampleWidth } = given;
            const blockAlign = channels * sampleWidth;
            const size = samples * blockAlign;
            const tuples = piecesOf(bytes, positions).map((piece) => audioTuple({ audio: piece }));
            const asked = inMs
              ? { ms: (samples * 1000) / sampleRate }
              : { bytes: size + (positions.length % blockAlign) };
            const frames = framesOf(from(tuples), { ...given, ...asked });

            expect(concatenated(frames.map(({ data }) => data))).toEqual(bytes);
            expect(frames).toHaveLength(Math.ceil(bytes.length / size));
            let before = 0;
            for (const [position, { data, start, duration }] of frames.entries()) {
              if (position < frames.length - 1) expect(data).toHaveLength(size);
              const whole = Math.floor(data.length / blockAlign);
              expect(start).toBe((before * 1000) / sampleRate);
              expect(duration).toBe((whole * 1000) / sampleRate);
              before += whole;
            }
          },
        ),
      );
    });

    it('should emit each frame with the chunk that fills it', () => {
      fc.assert(
        fc.property(
          fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 20 }),
          fc.integer({ min: 1, max: 8 }),
          (pieces, bytes) => {
            const source = new Subject<StreamTuple>();
            let frames = 0;
            source.pipe(audioBuffer({ ...byteFormat, bytes })).subscribe(() => frames++);
            let arrived = 0;
            for (const audio of pieces) {
              source.next(audioTuple({ audio }));
              arrived += audio.length;
              expect(frames).toBe(Math.floor(arrived / bytes));
            }
          },
        ),
      );
    });

    it('should mend a sample that is cut in two', () => {
      const source = of(bytesTuple(1), bytesTuple(2, 3), bytesTuple(4));
      expect(framesOf(source, { bytes: 2 })).toEqual([
        { data: Uint8Array.of(1, 2), start: 0, duration: 1 / 24, transcript: '' },
        { data: Uint8Array.of(3, 4), start: 1 / 24, duration: 1 / 24, transcript: '' },
      ]);
    });

    it('should end with the beginning of a sample that never became whole', () => {
      expect(framesOf(of(bytesTuple(1, 2, 3)), { bytes: 4 })).toEqual([
        { data: Uint8Array.of(1, 2, 3), start: 0, duration: 1 / 24, transcript: '' },
      ]);
      expect(framesOf(of(bytesTuple(1, 2, 3)), { bytes: 2 })).toEqual([
        { data: Uint8Array.of(1, 2), start: 0, duration: 1 / 24, transcript: '' },
        { data: Uint8Array.of(3), start: 1 / 24, duration: 0, transcript: '' },
      ]);
    });

    it('should emit nothing for chunks without audio or with no bytes of it', () => {
      const source = of(audioTuple({ content: 'hello' }), bytesTuple(), audioTuple({}));
      expect(framesOf(source, { ms: 10 })).toEqual([]);
    });

    it('should give every frame bytes of its own, even those an SDK took from a pool', () => {
      const pooled = Buffer.from([1, 2, 3, 4, 5, 6]);
      expect(pooled.buffer.byteLength).toBeGreaterThan(6);
      const frames = framesOf(of(audioTuple({ audio: pooled })), { bytes: 2 });
      for (const { data } of frames) {
        expect(data.constructor.name).toBe('Uint8Array');
        expect(data.byteOffset).toBe(0);
        expect(data.buffer.byteLength).toBe(2);
        data.fill(0);
      }
      expect([...pooled]).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('should let a consumer transfer or overwrite a frame without harm to the next', () => {
      const seen: number[][] = [];
      of(bytesTuple(1, 2, 3, 4, 5))
        .pipe(audioBuffer({ ...byteFormat, bytes: 2 }))
        .subscribe(({ data }) => {
          seen.push([...data]);
          structuredClone(data, { transfer: [data.buffer] });
        });
      expect(seen).toEqual([[1, 2], [3, 4], [5]]);
    });

    it('should copy each byte once, however many chunks a frame takes', () => {
      const tuples = Array.from({ length: 5000 }, () => bytesTuple(1));
      const copies = jest.spyOn(typedArrays, 'set');
      const frames = framesOf(from(tuples), { bytes: 1000 });
      const copied = copies.mock.calls.reduce((sum, [bytes]) => sum + bytes.length, 0);
      expect(frames).toHaveLength(5);
      expect(copied).toBe(5000);
    });
  });

  describe('time', () => {
    it.each<[AudioBufferOptions, number]>([
      [{ ms: 100 }, 4800],
      [{ ms: 20, sampleRate: 44_100, channels: 2 }, 3528],
      [{ ms: 10, sampleRate: 11_025 }, 220],
      [{ ms: 0.03 }, 2],
      [{ bytes: 5 }, 4],
      [{ bytes: 4.9 }, 4],
      [{ bytes: 13, channels: 2, sampleWidth: 3 }, 12],
    ])('should make of %j frames of %i bytes', (options, size) => {
      const [first, second] = framesOf(of(audioTuple({ audio: new Uint8Array(10_000) })), options);
      expect(first?.data).toHaveLength(size);
      expect(second?.start).toBe(first?.duration);
    });

    it('should add up no error over many frames', () => {
      const hour = Array.from({ length: 3600 }, () =>
        audioTuple({ audio: new Uint8Array(11_025) }),
      );
      const format = { sampleRate: 11_025, sampleWidth: 1 } as const;
      const frames = framesOf(from(hour), { ...format, bytes: 1001 });
      const last = frames.at(-1);
      expect(frames[3]?.start).toBe((3003 * 1000) / 11_025);
      expect(last?.start).toBe(((frames.length - 1) * 1001 * 1000) / 11_025);
      expect((last?.start ?? 0) + (last?.duration ?? 0)).toBeCloseTo(3_600_000, 6);
    });
  });

  describe('transcript', () => {
    it('should come with the frame that is full after it arrived', () => {
      const source = of(
        transcriptTuple('He'),
        bytesTuple(1, 2, 3),
        transcriptTuple('llo'),
        audioTuple({ audio: Uint8Array.of(4, 5, 6, 7, 8), audioTranscript: ' wor' }),
        transcriptTuple('ld'),
        bytesTuple(9),
      );
      expect(framesOf(source, { ...byteFormat, bytes: 4 })).toEqual([
        frameOf([1, 2, 3, 4], 0, 'Hello wor'),
        frameOf([5, 6, 7, 8], 4, ''),
        frameOf([9], 8, 'ld'),
      ]);
    });

    it('should come in a frame without bytes when no audio is left', () => {
      const source = of(bytesTuple(1, 2), transcriptTuple('Hel'), transcriptTuple('lo'));
      expect(framesOf(source, { ...byteFormat, bytes: 2 })).toEqual([
        frameOf([1, 2], 0),
        frameOf([], 2, 'Hello'),
      ]);
    });

    it('should come before an error too', () => {
      const seen: unknown[] = [];
      const cut = new Error('cut');
      concat(
        of(transcriptTuple('Hello')),
        throwError(() => cut),
      )
        .pipe(audioBuffer({ ms: 10 }))
        .subscribe({
          next: ({ transcript }) => seen.push(transcript),
          error: (error: unknown) => seen.push(error),
        });
      expect(seen).toEqual(['Hello', cut]);
    });

    it('should be whole when put together, in any order with audio', () => {
      const delta = fc.record(
        { audio: fc.uint8Array({ maxLength: 9 }), audioTranscript: fc.string({ maxLength: 5 }) },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fc.array(delta), fc.integer({ min: 1, max: 12 }), (deltas, bytes) => {
          const tuples = deltas.map((given) => audioTuple(given));
          const frames = framesOf(from(tuples), { ...byteFormat, bytes });
          const whole = deltas.map(({ audioTranscript = '' }) => audioTranscript).join('');
          expect(frames.map(({ transcript }) => transcript).join('')).toBe(whole);
        }),
      );
    });
  });

  describe('with several calls', () => {
    it('should start anew with another call, so that a cut sample does not shift its audio', () => {
      const [first, second] = [audioCall(), audioCall()];
      const source = of(
        audioTuple({ audio: Uint8Array.of(1, 2, 3, 4, 5), audioTranscript: 'a' }, first),
        audioTuple({ audioTranscript: 'b' }, first),
        audioTuple({ audio: Uint8Array.of(6, 7, 8, 9), audioTranscript: 'c' }, second),
      );
      expect(framesOf(source, { sampleRate: 1000, bytes: 4 })).toEqual([
        { data: Uint8Array.of(1, 2, 3, 4), start: 0, duration: 2, transcript: 'a' },
        { data: Uint8Array.of(5), start: 2, duration: 0, transcript: 'b' },
        { data: Uint8Array.of(6, 7, 8, 9), start: 0, duration: 2, transcript: 'c' },
      ]);
    });
  });

  describe('options', () => {
    it.each([{}, { ms: undefined }, { ms: 100, bytes: 100 }])(
      'should refuse %p and ask for one of ms and bytes',
      (options) => {
        const given = options as unknown as AudioBufferOptions;
        expect(() => audioBuffer(given)).toThrow(TypeError);
        expect(() => audioBuffer(given)).toThrow(
          'audioBuffer: give one of ms and bytes, such as audioBuffer({ ms: 100 })',
        );
      },
    );

    it.each<[AudioBufferOptions, string]>([
      [{ ms: 0 }, 'audioBuffer: ms must hold a sample or more, 24000 in 1000 ms, not 0'],
      [{ ms: 0.02 }, 'audioBuffer: ms must hold a sample or more'],
      [{ ms: -1 }, 'audioBuffer: ms must hold a sample or more'],
      [{ ms: NaN }, 'not NaN'],
      [{ ms: Infinity }, 'not Infinity'],
      [{ bytes: 1 }, 'audioBuffer: bytes must hold a sample or more, 2 bytes each, not 1'],
      [{ bytes: 0 }, 'audioBuffer: bytes must hold a sample or more'],
      [{ bytes: -4 }, 'audioBuffer: bytes must hold a sample or more'],
      [{ bytes: NaN }, 'not NaN'],
      [{ bytes: Infinity }, 'not Infinity'],
      [{ ms: 1, sampleRate: 0 }, 'audioBuffer: sampleRate in Hz must be'],
      [{ ms: 1, channels: 0 }, 'audioBuffer: channels must be'],
      [{ ms: 1, sampleWidth: 8 as 1 }, 'audioBuffer: sampleWidth must be 1, 2, 3 or 4 bytes'],
    ])('should refuse %p and say what to give', (options, message) => {
      expect(() => audioBuffer(options)).toThrow(TypeError);
      expect(() => audioBuffer(options)).toThrow(message);
    });

    it('should need exactly one of ms and bytes by type', () => {
      // @ts-expect-error neither of ms and bytes
      expect(() => audioBuffer({})).toThrow(TypeError);
      // @ts-expect-error neither of ms and bytes, with a format
      expect(() => audioBuffer({ sampleRate: 8000 })).toThrow(TypeError);
      // @ts-expect-error both ms and bytes
      expect(() => audioBuffer({ ms: 100, bytes: 4800 })).toThrow(TypeError);
    });
  });

  it('should make frames of tuples by type', () => {
    const frames = EMPTY.pipe(
      map((): StreamTuple => bytesTuple()),
      audioBuffer({ ms: 100 }),
    );
    expectTypeOf(frames).toEqualTypeOf<Observable<AudioFrame>>();
    expectTypeOf<AudioFrame['data']>().toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    expectTypeOf(frames.pipe(toArray())).toEqualTypeOf<Observable<AudioFrame[]>>();
  });
});

/** Where the copying of bytes is done. */
const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
