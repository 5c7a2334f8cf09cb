import { describe, expect, it } from '@jest/globals';
import { completeFormat, type AudioFormat } from '../../../operators/media/audio-format.ts';

describe('completeFormat', () => {
  it('should take 24 kHz, mono, 16 bit where nothing is said', () => {
    expect(completeFormat('toWav', {})).toEqual({
      sampleRate: 24_000,
      channels: 1,
      sampleWidth: 2,
      blockAlign: 2,
    });
  });

  it('should keep what is said and count the bytes of a sample over all channels', () => {
    const format = { sampleRate: 44_100, channels: 2, sampleWidth: 3 } as const;
    expect(completeFormat('toWav', format)).toEqual({ ...format, blockAlign: 6 });
  });

  it.each<AudioFormat>([
    { sampleRate: 1 },
    { sampleRate: 0x7fffffff },
    { channels: 32_767 },
    { channels: 65_535, sampleWidth: 1 },
  ])('should accept the limits of a WAV header: %j', (format) => {
    expect(() => completeFormat('toWav', format)).not.toThrow();
  });

  it.each<[AudioFormat, string]>([
    [
      { sampleRate: 0 },
      'toWav: sampleRate in Hz must be a whole number from 1 to 2147483647, not 0',
    ],
    [{ sampleRate: 44_100.5 }, 'toWav: sampleRate in Hz must be a whole number'],
    [{ sampleRate: NaN }, 'not NaN'],
    [{ sampleRate: 0x80000000 }, 'from 1 to 2147483647, not 2147483648'],
    [{ channels: 0 }, 'toWav: channels must be a whole number from 1 to 32767, not 0'],
    [{ channels: 1.5 }, 'toWav: channels must be a whole number'],
    [{ channels: 32_768 }, 'from 1 to 32767, not 32768'],
    [{ sampleWidth: 5 as 4 }, 'toWav: sampleWidth must be 1, 2, 3 or 4 bytes, not 5'],
    [{ sampleWidth: 16 as 2 }, 'toWav: sampleWidth must be 1, 2, 3 or 4 bytes, not 16'],
  ])('should refuse %p and say what to give', (format, message) => {
    expect(() => completeFormat('toWav', format)).toThrow(TypeError);
    expect(() => completeFormat('toWav', format)).toThrow(message);
  });

  it('should know the widths by type', () => {
    // @ts-expect-error a width is in bytes, not in bits
    expect(() => completeFormat('toWav', { sampleWidth: 16 })).toThrow(TypeError);
  });
});
