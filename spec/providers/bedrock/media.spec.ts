import { describe, expect, it } from '@jest/globals';
import { StreamError, type AudioPart, type DocumentPart, type ImagePart } from 'rx-llm';
import { encodeMedia } from '../../../providers/bedrock/media.ts';

const bytes = new Uint8Array([1, 2, 3]);
const encode = (part: ImagePart | AudioPart | DocumentPart) => encodeMedia('bedrock', part);

describe('encodeMedia', () => {
  it.each([
    [undefined, 'png'],
    ['image/png', 'png'],
    ['image/jpeg', 'jpeg'],
    ['image/jpg', 'jpeg'],
    ['image/gif', 'gif'],
    ['image/webp', 'webp'],
  ])('should send an image of type %s as %s', (mediaType, format) => {
    const part: ImagePart = { type: 'image', data: bytes, ...(mediaType && { mediaType }) };
    expect(encode(part)).toEqual({ image: { format, source: { bytes } } });
  });

  it('should send base64 text as the bytes it stands for', () => {
    expect(encode({ type: 'image', data: 'AQID' })).toEqual({
      image: { format: 'png', source: { bytes } },
    });
  });

  it.each([
    [undefined, 'wav'],
    ['audio/x-wav', 'wav'],
    ['audio/mpeg', 'mp3'],
    ['audio/ogg', 'ogg'],
  ])('should send sound of type %s as %s', (mediaType, format) => {
    const part: AudioPart = { type: 'audio', data: bytes, ...(mediaType && { mediaType }) };
    expect(encode(part)).toEqual({ audio: { format, source: { bytes } } });
  });

  it.each([
    [undefined, 'document', 'pdf'],
    ['text/csv', 'document', 'csv'],
    ['text/markdown', 'document', 'md'],
    ['text/plain; charset=utf-8', 'document', 'txt'],
    ['Text/HTML;charset=utf-8', 'document', 'html'],
  ])('should send a document of type %s', (mediaType, name, format) => {
    const part: DocumentPart = { type: 'document', data: bytes, ...(mediaType && { mediaType }) };
    expect(encode(part)).toEqual({ document: { format, name, source: { bytes } } });
  });

  it.each([
    ['report.pdf', 'report'],
    ['Q3  report_final (2).docx', 'Q3 report final (2)'],
    ['a-b[c]', 'a-b[c]'],
    ['.pdf', 'document'],
    ['報告.pdf', 'document'],
  ])('should send %j under a name the service takes', (name, expected) => {
    expect(encode({ type: 'document', data: bytes, name }).document?.name).toBe(expected);
  });

  it('should take the data that stands in a URL', () => {
    expect(encode({ type: 'image', url: 'data:image/webp;base64,AQID' })).toEqual({
      image: { format: 'webp', source: { bytes } },
    });
    expect(encode({ type: 'document', url: 'data:text/plain;charset=utf-8,%01%02%03' })).toEqual({
      document: { format: 'txt', name: 'document', source: { bytes } },
    });
  });

  it('should take what lies in S3', () => {
    expect(encode({ type: 'image', url: 's3://bucket/a.png' })).toEqual({
      image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png' } } },
    });
  });

  it.each<ImagePart | AudioPart | DocumentPart>([
    { type: 'image', url: 'https://example.com/a.png' },
    { type: 'image', data: bytes, mediaType: 'image/tiff' },
    { type: 'audio', data: bytes, mediaType: 'audio/midi' },
    { type: 'document', url: 'https://example.com/a.pdf' },
    { type: 'document', data: bytes, mediaType: 'application/zip' },
  ])('should refuse %j', (part) => {
    expect(() => encode(part)).toThrow(StreamError);
    expect(() => encode(part)).toThrow(/This API does not take/);
  });

  it('should say what it does take', () => {
    expect(() => encode({ type: 'document', url: 'https://example.com/a.pdf' })).toThrow(
      '[bedrock] This API does not take the URL of this document; give its data or an s3:// URI.',
    );
  });
});
