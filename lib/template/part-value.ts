import type { UserPart } from '../message.ts';
import { isPart } from '../part.ts';
import { mediaTypeOf } from './media-type.ts';
import { partKinds, type PartKind, type PartSpec } from './specs.ts';
import { plainText } from './text-value.ts';

/** The parts a value stands for, `null` when it is not what the spec asks for. */
export function partsOf(spec: PartSpec, value: unknown): readonly UserPart[] | null {
  const { types, many } = partKinds[spec];
  if (many && !Array.isArray(value)) return null;
  const values: readonly unknown[] = many ? (value as readonly unknown[]) : [value];
  const parts = values.map((item) => partOf(types, item));
  return parts.every((part) => part !== null) ? parts : null;
}

function partOf(types: PartKind['types'], value: unknown): UserPart | null {
  if (isPart(value, types)) return value;
  const [type, ...others] = types;
  // What may be a part of any type has to say which itself.
  if (type === undefined || others.length > 0) return null;
  if (type !== 'text') return mediaPart(type, value);
  const text = plainText(value);
  return text === null ? null : { type, text };
}

function mediaPart(type: Exclude<UserPart['type'], 'text'>, value: unknown): UserPart | null {
  if (value instanceof URL) return { type, url: value.href };
  if (typeof value === 'string') return isUrl(value) ? { type, url: value } : null;
  if (!(value instanceof Uint8Array)) return null;
  const mediaType = mediaTypeOf(value);
  return { type, data: value, ...(mediaType !== null && { mediaType }) };
}

/** By its scheme alone: parsing would read all of a `data:` URL. One letter is a drive of Windows. */
const isUrl = (text: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(text);
