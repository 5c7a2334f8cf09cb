import { completeFormat, type AudioFormat } from './audio-format.ts';

/*
 * All fields, constants and the order of bytes: "Multimedia Programming Interface and Data
 * Specifications 1.0", IBM and Microsoft, August 1991, sections "Resource Interchange File Format"
 * (chunks, padding) and "Waveform Audio File Format (WAVE)" (`fmt `, `data`). Little endian throughout.
 * https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/Docs/riffmci.pdf
 */

/** Bytes of a header: the RIFF chunk's head and form (12), `fmt ` (8 + 16), the head of `data` (8). */
const headerLength = 44;

/** Bytes of the `fmt ` chunk of PCM. */
const formatLength = 16;

/** `wFormatTag` of PCM. */
const pcmTag = 1;

/** Bytes of the RIFF chunk that its size does not count: its id and the size itself. */
const uncounted = 8;

/**
 * Stands for a size that is not known. It is in no specification: FFmpeg writes it to a pipe
 * (`libavformat/wavenc.c`), and players read on to the end of what comes.
 */
const unknownSize = 0xffffffff;

/** The longest audio whose file has a size that is not `unknownSize`; with a pad byte it is even. */
const mostBytes = unknownSize - 1 - (headerLength - uncounted);

/** Options of {@link wavHeader}. */
export interface WavHeaderOptions extends AudioFormat {
  /** Bytes of audio that follow. Default: not known, for audio that is still arriving. */
  readonly dataLength?: number;
}

/**
 * The 44 bytes before the audio of a WAV file.
 *
 * Without `dataLength` both sizes are 0xFFFFFFFF, which players take for "until it ends": send the
 * header first and the audio as it arrives. Chunks of RIFF have an even length: a `dataLength` that is
 * odd counts a pad byte in the size of the file, so a zero byte is to follow the audio; {@link wavFile}
 * adds it.
 *
 * @example
 * ```ts
 * concat(of(wavHeader()), speak('Oslo').pipe(audioBuffer({ ms: 100 }), map(({ data }) => data)));
 * ```
 * @param options `dataLength` in bytes, default not known; and the format: `sampleRate` in Hz, default
 * 24000; `channels`, default 1; `sampleWidth` in bytes, default 2
 * @returns a new array of 44 bytes
 * @throws {TypeError} when the format is out of range, or `dataLength` is no length a WAV file can have
 */
export function wavHeader({
  dataLength,
  ...format
}: WavHeaderOptions = {}): Uint8Array<ArrayBuffer> {
  return headerOf('wavHeader', format, dataLength);
}

/**
 * A whole WAV file of audio that has arrived, such as `audio` of a response.
 *
 * The bytes stay as they are: WAV takes one byte per value as unsigned, two to four as signed and little
 * endian. A sample that is cut off at the end stays too; players leave it out.
 *
 * @example
 * ```ts
 * speak('Oslo').pipe(
 *   toCallResponse(),
 *   map(({ audio }) => audio && new Blob([wavFile(audio)], { type: 'audio/wav' })),
 * );
 * ```
 * @param data raw PCM
 * @param format `sampleRate` in Hz, default 24000; `channels`, default 1; `sampleWidth` in bytes,
 * default 2
 * @returns a new array: header, audio, and a pad byte where the audio's length is odd
 * @throws {TypeError} when the format is out of range, or there is more audio than fits a WAV file (4 GiB)
 * @see {@link toWav} for the operator
 */
export function wavFile(data: Uint8Array, format: AudioFormat = {}): Uint8Array<ArrayBuffer> {
  const header = headerOf('wavFile', format, data.length);
  const file = new Uint8Array(headerLength + padded(data.length));
  file.set(header);
  file.set(data, headerLength);
  return file;
}

function headerOf(
  caller: string,
  format: AudioFormat,
  dataLength: number | undefined,
): Uint8Array<ArrayBuffer> {
  const { sampleRate, channels, sampleWidth, blockAlign } = completeFormat(caller, format);
  const header = new Uint8Array(headerLength);
  const view = new DataView(header.buffer);
  writeId(view, 0, 'RIFF');
  view.setUint32(4, riffSize(caller, dataLength), true);
  writeId(view, 8, 'WAVE');
  writeId(view, 12, 'fmt ');
  view.setUint32(16, formatLength, true);
  view.setUint16(20, pcmTag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockAlign, true);
  view.setUint16(32, blockAlign, true);
  view.setUint16(34, sampleWidth * 8, true);
  writeId(view, 36, 'data');
  view.setUint32(40, dataLength ?? unknownSize, true);
  return header;
}

function riffSize(caller: string, dataLength: number | undefined): number {
  if (dataLength === undefined) return unknownSize;
  if (Number.isInteger(dataLength) && dataLength >= 0 && dataLength <= mostBytes) {
    return headerLength - uncounted + padded(dataLength);
  }
  throw new TypeError(
    `${caller}: dataLength must be a whole number of bytes from 0 to ${mostBytes}, not ${dataLength}`,
  );
}

const padded = (length: number): number => length + (length % 2);

function writeId(view: DataView, offset: number, id: string): void {
  for (let index = 0; index < id.length; index++) {
    view.setUint8(offset + index, id.charCodeAt(index));
  }
}
