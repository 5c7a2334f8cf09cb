/**
 * How raw PCM audio is laid out. A sample is one value for each channel, one after the other.
 *
 * The defaults are those of OpenAI's `pcm16`, the only format it streams: 24 kHz, mono, 16 bit, little
 * endian.
 */
export interface AudioFormat {
  /** Samples per second, in Hz. Default 24000. */
  readonly sampleRate?: number;
  /** Values per sample: 1 is mono, 2 is stereo. Default 1. */
  readonly channels?: number;
  /** Bytes per value: 2 is 16 bit. Default 2. */
  readonly sampleWidth?: 1 | 2 | 3 | 4;
}

/** A format with nothing left open. */
export interface CompleteFormat extends Required<AudioFormat> {
  /** Bytes per sample, all channels; the name is that of the field of a WAV file. */
  readonly blockAlign: number;
}

/**
 * The format with its defaults, checked: whatever passes fits the fields of a WAV header.
 *
 * @param caller the function whose option it is, for the message
 * @throws {TypeError} when a field is out of range
 */
export function completeFormat(
  caller: string,
  { sampleRate = 24_000, channels = 1, sampleWidth = 2 }: AudioFormat,
): CompleteFormat {
  if (![1, 2, 3, 4].includes(sampleWidth)) {
    throw new TypeError(`${caller}: sampleWidth must be 1, 2, 3 or 4 bytes, not ${sampleWidth}`);
  }
  // WAV keeps bytes per sample in 16 bits, bytes per second in 32.
  checkWhole(`${caller}: channels`, channels, Math.floor(0xffff / sampleWidth));
  const blockAlign = channels * sampleWidth;
  checkWhole(`${caller}: sampleRate in Hz`, sampleRate, Math.floor(0xffffffff / blockAlign));
  return { sampleRate, channels, sampleWidth, blockAlign };
}

function checkWhole(option: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new TypeError(`${option} must be a whole number from 1 to ${most}, not ${value}`);
}
