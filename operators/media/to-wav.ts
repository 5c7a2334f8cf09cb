import { map, pipe, type OperatorFunction } from 'rxjs';
import {
  StreamError,
  type ResponseModel,
  type CallResponse,
  type StreamTuple,
  type ToolDefinition,
  type Wire,
} from '../../lib/index.ts';
import { toCallResponse } from '../to-call-response.ts';
import { completeFormat, type AudioFormat } from './audio-format.ts';
import { wavFile } from './wav.ts';

/**
 * Emits the audio of a stream as one WAV file when the stream ends.
 *
 * ```
 * source    --"abcd"--"efgh"--|                    audio, a letter per byte
 * toWav()
 * result    ------------------(header"abcdefgh"|)
 * ```
 *
 * Subscribes when subscribed to; emits one file and completes when the source completes; errors as
 * `toCallResponse` does, with what had arrived in `partial`, and with `empty` when no audio arrived, the
 * response without it in `partial`. Unsubscribing unsubscribes from the source and gives nothing. The
 * audio is to be raw PCM; it is held until the end, and so is the rest of the response. A tuple of another
 * call (after `retry`, `repeat`, `concat`) starts anew.
 *
 * Invariant: the file is `wavFile(response.audio, format)` of the response that `toCallResponse` gives.
 *
 * @example
 * ```ts
 * speak('Oslo').pipe(
 *   toWav(),
 *   concatMap((file) => writeFile('oslo.wav', file)),
 * );
 * ```
 * @param format `sampleRate` in Hz, default 24000; `channels`, default 1; `sampleWidth` in bytes,
 * default 2
 * @throws {TypeError} when the format is out of range
 * @see {@link wavFile} for a response, {@link wavHeader} and {@link audioBuffer} to play while it arrives
 */
export function toWav<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  format: AudioFormat = {},
): OperatorFunction<StreamTuple<W, D, Model, Partials>, Uint8Array<ArrayBuffer>> {
  const complete = completeFormat('toWav', format);
  return pipe(
    toCallResponse<StreamTuple<W, D, Model, Partials>>(),
    map((response) => wavFile(audioOf(response), complete)),
  );
}

function audioOf<W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
): Uint8Array {
  const { audio, provider } = response;
  if (audio !== null && audio.length > 0) return audio;
  throw new StreamError(
    provider,
    {
      code: 'empty',
      message:
        'No audio arrived, so there is no WAV file; ask for audio in the call, or see error.partial',
    },
    { partial: response },
  );
}
