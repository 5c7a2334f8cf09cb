import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import wavefile from 'wavefile';
import type { AudioFormat } from '../../../operators/media/audio-format.ts';
import { wavFile, wavHeader } from '../../../operators/media/wav.ts';

type SampleWidth = 1 | 2 | 3 | 4;

/** Audio as numbers, of any format that the oracle writes with the same format tag. */
const recording = fc
  .record({
    sampleRate: fc.constantFrom(8000, 11_025, 24_000, 44_100, 192_000),
    channels: fc.constantFrom(1, 2),
    sampleWidth: fc.constantFrom<SampleWidth[]>(1, 2, 3, 4),
  })
  .chain((format) =>
    fc
      .array(
        fc.array(valueOf(format.sampleWidth), {
          minLength: format.channels,
          maxLength: format.channels,
        }),
      )
      .map((samples) => ({ format, values: samples.flat() })),
  );

/** One byte is unsigned, more are signed. */
function valueOf(sampleWidth: SampleWidth): fc.Arbitrary<number> {
  if (sampleWidth === 1) return fc.integer({ min: 0, max: 255 });
  const half = 2 ** (8 * sampleWidth - 1);
  return fc.integer({ min: -half, max: half - 1 });
}

/** The file of these values as the oracle writes it. */
function oracleFile(
  { sampleRate, channels, sampleWidth }: Required<AudioFormat>,
  values: readonly number[],
): Uint8Array {
  const file = new wavefile.WaveFile();
  file.fromScratch(channels, sampleRate, String(sampleWidth * 8), [...values]);
  return file.toBuffer();
}

/** The bytes of these values, without any header. */
const dataOf = (format: Required<AudioFormat>, values: readonly number[]): Uint8Array =>
  oracleFile(format, values).slice(44, 44 + values.length * format.sampleWidth);

const read32 = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);

describe('wavFile', () => {
  it('should be the bytes that wavefile writes', () => {
    fc.assert(
      fc.property(recording, ({ format, values }) => {
        const data = dataOf(format, values);
        // The oracle leaves out the pad byte of RIFF.
        fc.pre(data.length % 2 === 0);
        expect(wavFile(data, format)).toEqual(oracleFile(format, values));
      }),
    );
  });

  it('should be read by wavefile as the same audio', () => {
    fc.assert(
      fc.property(recording, ({ format, values }) => {
        const read = new wavefile.WaveFile(wavFile(dataOf(format, values), format));
        const { sampleRate, channels, sampleWidth } = format;
        expect(read.container).toBe('RIFF');
        expect(read.format).toBe('WAVE');
        expect(read.bitDepth).toBe(String(sampleWidth * 8));
        expect(read.fmt).toMatchObject({
          chunkSize: 16,
          audioFormat: 1,
          numChannels: channels,
          sampleRate,
          byteRate: sampleRate * channels * sampleWidth,
          blockAlign: channels * sampleWidth,
          bitsPerSample: sampleWidth * 8,
        });
        // The oracle takes a pad byte for one more value where values are of one byte.
        expect([...read.getSamples(true).slice(0, values.length)]).toEqual(values);
      }),
    );
  });

  it('should have an even length and count it, whatever the length of the audio', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const file = wavFile(data);
        expect(file.length % 2).toBe(0);
        expect(read32(file, 4)).toBe(file.length - 8);
        expect(read32(file, 40)).toBe(data.length);
        expect(file.slice(44, 44 + data.length)).toEqual(data);
      }),
    );
  });

  it('should pad audio of odd length with one zero byte', () => {
    expect([...wavFile(Uint8Array.of(7, 8, 9), { sampleWidth: 1 }).slice(44)]).toEqual([
      7, 8, 9, 0,
    ]);
  });

  it('should hold no more than a header when there is no audio', () => {
    expect(wavFile(new Uint8Array())).toEqual(wavHeader({ dataLength: 0 }));
  });

  it('should have bytes of its own', () => {
    const data = Uint8Array.of(1, 2);
    const file = wavFile(data);
    file.fill(0);
    expect([...data]).toEqual([1, 2]);
    expectTypeOf(file).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  });

  it('should refuse a bad format in its own name', () => {
    const data = new Uint8Array(2);
    expect(() => wavFile(data, { sampleRate: 0 })).toThrow(TypeError);
    expect(() => wavFile(data, { sampleRate: 0 })).toThrow('wavFile: sampleRate in Hz must be');
  });

  it('should refuse more audio than a WAV file holds', () => {
    const data = { length: 0xffffffdb } as Uint8Array;
    expect(() => wavFile(data)).toThrow('wavFile: dataLength must be a whole number of bytes');
  });
});

describe('wavHeader', () => {
  it('should be these 44 bytes for a second of 24 kHz, mono, 16 bit', () => {
    const text = (ascii: string): number[] => [...Buffer.from(ascii, 'ascii')];
    expect([...wavHeader({ dataLength: 48_000 })]).toEqual([
      ...text('RIFF'),
      ...[0xa4, 0xbb, 0, 0], // 48 036
      ...text('WAVE'),
      ...text('fmt '),
      ...[16, 0, 0, 0],
      ...[1, 0], // PCM
      ...[1, 0], // channels
      ...[0xc0, 0x5d, 0, 0], // 24 000 samples a second
      ...[0x80, 0xbb, 0, 0], // 48 000 bytes a second
      ...[2, 0], // bytes a sample
      ...[16, 0], // bits a value
      ...text('data'),
      ...[0x80, 0xbb, 0, 0], // 48 000
    ]);
  });

  it('should leave both sizes open when the length is not known', () => {
    const header = wavHeader();
    expect(header).toHaveLength(44);
    expect(read32(header, 4)).toBe(0xffffffff);
    expect(read32(header, 40)).toBe(0xffffffff);
    const sized = wavHeader({ dataLength: 0 });
    expect(header.slice(8, 40)).toEqual(sized.slice(8, 40));
  });

  it('should count the pad byte of an odd length in the size of the file only', () => {
    const header = wavHeader({ dataLength: 3, sampleWidth: 1 });
    expect(read32(header, 4)).toBe(36 + 4);
    expect(read32(header, 40)).toBe(3);
  });

  it('should hold the largest values there are', () => {
    const header = wavHeader({ dataLength: 0xffffffda, channels: 32_767, sampleRate: 65_538 });
    expect(read32(header, 4)).toBe(0xfffffffe);
    expect(read32(header, 28)).toBe(65_538 * 65_534);
    expect(new wavefile.WaveFile(header).fmt).toMatchObject({
      numChannels: 32_767,
      blockAlign: 65_534,
    });
  });

  it('should be a new array each time', () => {
    expect(wavHeader()).not.toBe(wavHeader());
    expectTypeOf(wavHeader()).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  });

  it.each([-1, 1.5, NaN, Infinity, 0xffffffdb])(
    'should refuse a dataLength of %p',
    (dataLength) => {
      expect(() => wavHeader({ dataLength })).toThrow(TypeError);
      expect(() => wavHeader({ dataLength })).toThrow(
        `wavHeader: dataLength must be a whole number of bytes from 0 to 4294967258, not ${dataLength}`,
      );
    },
  );

  it('should refuse a bad format in its own name', () => {
    expect(() => wavHeader({ channels: 0 })).toThrow(TypeError);
    expect(() => wavHeader({ channels: 0 })).toThrow('wavHeader: channels must be');
  });
});
