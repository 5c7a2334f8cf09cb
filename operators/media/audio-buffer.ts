import type { OperatorFunction } from 'rxjs';
import type {
  CallContext,
  ResponseModel,
  StreamTuple,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import { regroup, type Regrouping } from '../regroup.ts';
import { completeFormat, type AudioFormat, type CompleteFormat } from './audio-format.ts';

/** Options of {@link audioBuffer}: how long a frame is, either in time or in bytes, and the format. */
export type AudioBufferOptions = AudioFormat &
  (
    | {
        /** Length of a frame in ms; the nearest whole number of samples. */
        readonly ms: number;
        readonly bytes?: never;
      }
    | {
        /** Length of a frame in bytes; rounded down to whole samples. */
        readonly bytes: number;
        readonly ms?: never;
      }
  );

/** A stretch of audio, ready to play. */
export interface AudioFrame {
  /**
   * The bytes: whole samples, except that audio cut off within a sample ends a last frame with the rest
   * of it. They are the frame's own, from the start of their buffer, so the buffer may be transferred.
   */
  readonly data: Uint8Array<ArrayBuffer>;
  /** Where the frame begins, in ms from the beginning of the call's audio. */
  readonly start: number;
  /** How long it plays, in ms; whole samples count. */
  readonly duration: number;
  /** What arrived of the transcript since the frame before; `''` when nothing did. */
  readonly transcript: string;
}

/**
 * Regroups the audio of a stream into frames of one size, whatever pieces it comes in.
 *
 * ```
 * source                     --"abc"--"defgh"----"ij"--|     audio, a letter per byte
 * audioBuffer({ bytes: 4 })
 * result                     ---------("abcd""efgh")---("ij"|)
 * ```
 *
 * Subscribes when subscribed to; emits a frame as soon as it is full, several where a chunk fills
 * several. When the source completes or errors the rest comes as a shorter frame, before the completion
 * or the error. Unsubscribing unsubscribes from the source and drops the rest. A tuple of another call
 * (after `retry`, `repeat`, `concat`) starts anew: what the call before left comes as a shorter frame,
 * then `start` is 0 again.
 *
 * The transcript goes with the first frame that is full after it arrived. That is no timing: OpenAI may
 * send the whole of it before the audio it belongs to. Transcript that comes after the last audio is a
 * frame of its own, without bytes and of no duration.
 *
 * Lossless for audio and transcript. Holds less than a frame of bytes, and the chunks they lie in. A
 * chunk costs the same however much came before: each byte is copied once.
 *
 * Invariants, for each call: the concatenated `data` is the audio, and the concatenated `transcript` the
 * transcript, of the response; every frame that another frame with bytes follows has exactly the size
 * asked for; `start` and `duration` are worked out from the count of samples, so no error adds up.
 *
 * @example
 * ```ts
 * speak('Oslo')
 *   .pipe(audioBuffer({ ms: 100 }))
 *   .subscribe(({ data, transcript }) => {
 *     player.postMessage(data, [data.buffer]);
 *     caption.append(transcript);
 *   });
 * ```
 * @param options length of a frame, `ms` or `bytes`, and the format: `sampleRate` in Hz, default 24000;
 * `channels`, default 1; `sampleWidth` in bytes, default 2
 * @throws {TypeError} when not exactly one of `ms` and `bytes` is given, it holds less than one sample,
 * or the format is out of range
 * @see {@link toWav} for all of it as one file
 */
export function audioBuffer<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(options: AudioBufferOptions): OperatorFunction<StreamTuple<W, D, Model, Partials>, AudioFrame> {
  const format = completeFormat('audioBuffer', options);
  const size = frameSize(options, format);
  return regroup(() => frameCutter<W, D, Model, Partials>(size, format));
}

/** Bytes of a full frame. */
function frameSize(
  { ms, bytes }: AudioBufferOptions,
  { sampleRate, blockAlign }: CompleteFormat,
): number {
  if ((ms === undefined) === (bytes === undefined)) {
    throw new TypeError(
      'audioBuffer: give one of ms and bytes, such as audioBuffer({ ms: 100 }) for frames of 100 ms',
    );
  }
  // To the nearest: the duration of a frame, given as `ms`, is to make frames of that size again.
  const samples =
    ms === undefined ? Math.floor(bytes / blockAlign) : Math.round((ms * sampleRate) / 1000);
  if (samples >= 1 && Number.isSafeInteger(samples * blockAlign)) return samples * blockAlign;
  throw new TypeError(
    ms === undefined
      ? `audioBuffer: bytes must hold a sample or more, ${blockAlign} bytes each, not ${bytes}`
      : `audioBuffer: ms must hold a sample or more, ${sampleRate} in 1000 ms, not ${ms}`,
  );
}

/** Collects the audio of chunks and cuts it into frames. */
function frameCutter<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  size: number,
  { sampleRate, blockAlign }: CompleteFormat,
): Regrouping<StreamTuple<W, D, Model, Partials>, AudioFrame> {
  const inMs = (samples: number): number => (samples * 1000) / sampleRate;
  let call: CallContext<W> | null = null;
  /** What arrived and was not emitted, and how many bytes it is. */
  let pieces: Uint8Array[] = [];
  let held = 0;
  let transcript = '';
  /** Samples emitted. */
  let samples = 0;

  const frame = (): AudioFrame => {
    const whole = Math.floor(held / blockAlign);
    const made = {
      data: joined(pieces, held),
      start: inMs(samples),
      duration: inMs(whole),
      transcript,
    };
    samples += whole;
    pieces = [];
    held = 0;
    transcript = '';
    return made;
  };

  function* rest(): Iterable<AudioFrame> {
    if (held > 0 || transcript !== '') yield frame();
  }

  return {
    rest,
    *add([chunk]) {
      if (chunk.call !== call) {
        yield* rest();
        call = chunk.call;
        samples = 0;
      }
      transcript += chunk.audioTranscript ?? '';
      let audio = chunk.audio ?? new Uint8Array();
      while (audio.length > 0) {
        const piece = audio.subarray(0, size - held);
        audio = audio.subarray(piece.length);
        pieces.push(piece);
        held += piece.length;
        if (held === size) yield frame();
      }
    },
  };
}

/** In memory of its own even for one piece: an SDK's bytes may be a `Buffer`, a view of Node's pool. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
