import type { StreamError } from '../stream-error.ts';
import { valuesError } from './template-error.ts';
import type { ValuesBySpec } from './values.ts';

/** The error of a variable whose value is not what its spec asks for. */
export const wrongValue = (name: string, spec: keyof ValuesBySpec, value: unknown): StreamError =>
  valuesError(`${name} must be ${expected[spec]}, not ${kindOf(value, spec)}`);

const expected: Readonly<Record<keyof ValuesBySpec, string>> = {
  '': 'text (a string, number, bigint or boolean)',
  list: 'a list of texts',
  lists: 'a list of lists of texts',
  text: 'text or a text part',
  texts: 'a list of texts or text parts',
  image: 'an image (a URL, bytes or an image part)',
  images: 'a list of images (URLs, bytes or image parts)',
  audio: 'sound (a URL, bytes or an audio part)',
  audios: 'a list of sounds (URLs, bytes or audio parts)',
  document: 'a document (a URL, bytes or a document part)',
  documents: 'a list of documents (URLs, bytes or document parts)',
  part: 'a part that a user may send',
  parts: 'a list of parts that a user may send',
  messages: 'a list of messages',
};

const media: ReadonlySet<keyof ValuesBySpec> = new Set(['image', 'audio', 'document']);

function kindOf(value: unknown, spec: keyof ValuesBySpec): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) {
    return expected[spec].startsWith('a list') ? 'one with something else in it' : 'a list';
  }
  if (typeof value === 'object') return 'this kind of object';
  return typeof value === 'string' && media.has(spec)
    ? 'a string that is no URL'
    : `a ${typeof value}`;
}
