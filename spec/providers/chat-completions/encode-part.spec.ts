import { describe, expect, it } from '@jest/globals';
import { StreamError, type UserPart } from 'rx-llm';
import { encodePart } from '../../../providers/chat-completions/encode-part.ts';
import type { Dialect } from '../../../providers/chat-completions/dialect.ts';
import { acmeDialect } from './acme-dialect.ts';

const encode = (part: UserPart | object, dialect: Partial<Dialect> = {}): object =>
  encodePart(acmeDialect(dialect), part);

const bytes = Uint8Array.of(0, 1, 254, 255);
const base64 = 'AAH+/w==';

describe('encodePart', () => {
  const parts: readonly (readonly [string, UserPart, object])[] = [
    ['text', { type: 'text', text: 'Hi' }, { type: 'text', text: 'Hi' }],
    [
      'an image by bytes',
      { type: 'image', data: bytes },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } },
    ],
    [
      'an image by base64, with type and detail',
      { type: 'image', data: base64, mediaType: 'image/webp', detail: 'low' },
      {
        type: 'image_url',
        image_url: { url: `data:image/webp;base64,${base64}`, detail: 'low' },
      },
    ],
    [
      'an image by URL, with detail',
      { type: 'image', url: 'https://x.test/a.png', detail: 'high' },
      { type: 'image_url', image_url: { url: 'https://x.test/a.png', detail: 'high' } },
    ],
    [
      'audio by bytes, WAV by default',
      { type: 'audio', data: bytes },
      { type: 'input_audio', input_audio: { data: base64, format: 'wav' } },
    ],
    [
      'audio by base64',
      { type: 'audio', data: base64, mediaType: 'audio/mpeg' },
      { type: 'input_audio', input_audio: { data: base64, format: 'mp3' } },
    ],
    [
      'audio under its other MP3 name',
      { type: 'audio', data: bytes, mediaType: 'audio/mp3' },
      { type: 'input_audio', input_audio: { data: base64, format: 'mp3' } },
    ],
    [
      'audio under its other WAV name',
      { type: 'audio', data: bytes, mediaType: 'audio/x-wav' },
      { type: 'input_audio', input_audio: { data: base64, format: 'wav' } },
    ],
    [
      'a document by bytes',
      { type: 'document', data: bytes },
      {
        type: 'file',
        file: { filename: 'document.pdf', file_data: `data:application/pdf;base64,${base64}` },
      },
    ],
    [
      'a document by base64, with name and type',
      { type: 'document', data: base64, mediaType: 'text/plain', name: 'a.txt' },
      {
        type: 'file',
        file: { filename: 'a.txt', file_data: `data:text/plain;base64,${base64}` },
      },
    ],
    [
      'a document of another type without a name',
      { type: 'document', data: base64, mediaType: 'Text/CSV; charset=utf-8' },
      {
        type: 'file',
        file: {
          filename: 'document.csv',
          file_data: `data:Text/CSV; charset=utf-8;base64,${base64}`,
        },
      },
    ],
    [
      'a document by URL, which stands for the id of a file',
      { type: 'document', url: 'https://x.test/a.pdf' },
      { type: 'file', file: { file_id: 'https://x.test/a.pdf' } },
    ],
  ];
  it.each(parts)('should translate %s', (_name, part, expected) => {
    expect(encode(part)).toStrictEqual(expected);
  });

  it('should encode an image larger than a call may have arguments', () => {
    const large = new Uint8Array(300_000).fill(255);
    const part = encode({ type: 'image', data: large }) as { image_url: { url: string } };
    const [, data = ''] = part.image_url.url.split(',');
    expect(Buffer.from(data, 'base64').equals(large)).toBe(true);
  });

  it('should encode the part of a buffer that a view shows, no more', () => {
    const view = new Uint8Array(Uint8Array.of(7, 0, 1, 254, 255, 7).buffer, 1, 4);
    expect(encode({ type: 'image', data: view })).toEqual(encode({ type: 'image', data: bytes }));
  });

  it.each(['audio/WAV', 'audio/wav; codecs=1', 'audio/wave'])(
    'should know %s for WAV',
    (mediaType) => {
      expect(encode({ type: 'audio', data: bytes, mediaType })).toMatchObject({
        input_audio: { format: 'wav' },
      });
    },
  );

  it.each(['application/pdf', 'Application/PDF; v=2'])('should know %s for PDF', (mediaType) => {
    const part = encode({ type: 'document', data: bytes, mediaType }, { documents: 'pdf' });
    expect(part).toMatchObject({ type: 'file' });
  });

  const refused: readonly (readonly [string, Partial<Dialect>, UserPart, string])[] = [
    [
      'audio by URL, which the wire has no place for',
      {},
      { type: 'audio', url: 'https://secret.test/a.wav' },
      'audio by URL; give its data',
    ],
    [
      'audio that is neither WAV nor MP3',
      {},
      { type: 'audio', data: bytes, mediaType: 'audio/flac' },
      'audio of type audio/flac; use WAV or MP3',
    ],
    [
      'audio whose type is a name that every object has',
      {},
      { type: 'audio', data: bytes, mediaType: 'constructor' },
      'audio of type constructor; use WAV or MP3',
    ],
    [
      'audio where none is taken',
      { audio: false },
      { type: 'audio', data: bytes },
      'audio; send what is said as text',
    ],
    [
      'a document where none is taken',
      { documents: 'none' },
      { type: 'document', data: bytes },
      'documents; send what they say as text',
    ],
    [
      'a document by URL where none is taken',
      { documents: 'none' },
      { type: 'document', url: 'https://secret.test/a.pdf' },
      'documents; send what they say as text',
    ],
    [
      'a text file where PDF is all',
      { documents: 'pdf' },
      { type: 'document', data: bytes, mediaType: 'text/plain' },
      'documents other than PDF; send what they say as text',
    ],
    [
      'a document by URL where they are not fetched',
      { documentUrls: false },
      { type: 'document', url: 'https://secret.test/a.pdf' },
      'documents by URL; give their data',
    ],
    [
      'a mark of what to cache where there is none',
      { cacheMark: 'none' },
      { type: 'text', text: 'secret', cacheControl: true },
      'cacheControl; leave it out',
    ],
  ];
  it.each(refused)('should refuse %s and say what to do', (_name, dialect, part, advice) => {
    let error: unknown;
    try {
      encode(part, dialect);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'unsupported', provider: 'acme', retryable: false });
    expect((error as StreamError).message).toContain(`[acme] This API does not take ${advice}`);
    expect((error as StreamError).message).not.toContain('secret');
  });

  describe('marks what to cache: it', () => {
    const sources = parts.map(([name, part]) => [name, part] as const);
    it.each(sources)('should mark %s', (_name, part) => {
      expect(encode({ ...part, cacheControl: true })).toStrictEqual({
        ...encode(part),
        cache_control: { type: 'ephemeral' },
      });
    });

    it.each(sources)('should leave no trace on %s of a mark that is none', (_name, part) => {
      const unmarked = { ...part, cacheControl: false };
      expect(encode(unmarked)).toStrictEqual(encode(part));
      expect(encode(unmarked, { cacheMark: 'none' })).toStrictEqual(encode(part));
    });

    it('should mark a part of the wire’s own as well: the common field never gets out', () => {
      const own = { type: 'image_url', image_url: { url: 'https://x.test/a.png' } };
      expect(encode({ ...own, cacheControl: { ttl: '1h' } })).toStrictEqual({
        ...own,
        cache_control: { type: 'ephemeral', ttl: '1h' },
      });
    });
  });

  const own: readonly (readonly [string, object])[] = [
    ['an image', { type: 'image_url', image_url: { url: 'https://x.test/a', detail: 'low' } }],
    ['sound', { type: 'input_audio', input_audio: { data: base64, format: 'wav' } }],
    ['a file', { type: 'file', file: { file_id: 'file-1' } }],
    ['a refusal', { type: 'refusal', refusal: 'I will not' }],
    ['a document of Groq’s', { type: 'document', document: { data: { title: 'Dune' } } }],
    ['text with a mark', { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }],
    ['a part without a type', { weight: 1 }],
  ];
  it.each(own)('should not touch %s of the wire’s own', (_name, part) => {
    const nothing = acmeDialect({ audio: false, documents: 'none', cacheMark: 'none' });
    expect(encodePart(nothing, Object.freeze(part))).toStrictEqual(part);
  });
});
