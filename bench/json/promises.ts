import { inspect, isDeepStrictEqual } from 'node:util';
import { fragmentsOf } from '../documents.ts';
import type { PartialReader, Read } from './partial-readers.ts';
import { halfCharacter, unsound } from './unsound.ts';

/** What a reader is held to. */
export interface Promised {
  /** As the report says it. */
  readonly name: string;
  /** What was seen instead in one reading; `null` where it was kept. */
  readonly broken: (reading: Reading) => string | null;
}

/** What was seen of a reader while it read a text. */
export interface Reading {
  readonly text: string;
  /** What `JSON.parse` makes of the text. */
  readonly whole: unknown;
  readonly seen: readonly Seen[];
}

/** A value that was read. */
interface Seen {
  readonly value: unknown;
  /** What it was at the time: a copy. */
  readonly then: unknown;
}

/** Everything a value on its way should be. */
export const promises: readonly Promised[] = [
  {
    name: 'values are parts of the whole',
    broken: ({ seen, whole }) => first(seen, ({ then }) => unsound(then, whole)),
  },
  {
    name: 'no half characters',
    broken: ({ seen }) => first(seen, ({ then }) => halfCharacter(then)),
  },
  {
    name: 'earlier values stay as they were',
    broken: ({ seen }) =>
      first(seen, ({ value, then }) =>
        isDeepStrictEqual(value, then) ? null : `${inspect(then)} becomes ${inspect(value)}`,
      ),
  },
  {
    name: 'the last value is that of `JSON.parse`',
    broken: ({ seen, whole }) => {
      const last = seen.at(-1)?.value;
      return isDeepStrictEqual(last, whole) ? null : inspect(last, { breakLength: Infinity });
    },
  },
  {
    name: 'a text shows as it grows',
    broken: ({ text, seen }) => {
      const values = new Set(seen.map(({ then }) => JSON.stringify(then)));
      return text !== plainText || values.size > 10 ? null : 'it comes whole';
    },
  },
];

const plainText = '{"text":"a plain text of some length"}';

/** Documents in which readers go wrong, each for a reason of its own. */
const documents: readonly string[] = [
  plainText,
  '{"price":12.5,"large":-3e10,"list":[1,20,300],"small":0.25}',
  '{"escapes":"a \\"quoted\\" word, a line\\nand \\u00e9"}',
  '{"escaped":"\\ud83d\\ude00","plain":"😀"}',
  '{"yes":true,"no":false,"none":null,"list":[null,true]}',
  '{"a":[ ],"b":{ },"c":[[],{}],"d":2}',
  '[[1,[2,[3]]],{"a":{"b":{"c":"deep"}}}]',
  '{"a key":1,"":2,"constructor":3}',
  '{"a":1,"__proto__":2}',
];

/** Reads every document character by character, so that it is cut at every place, and keeps what was seen. */
export async function readingsOf({ load }: PartialReader): Promise<readonly Reading[]> {
  const read = await load();
  const readings: Reading[] = [];
  for (const text of documents) readings.push(await readingOf(read, text));
  return readings;
}

async function readingOf(read: Read, text: string): Promise<Reading> {
  const seen: Seen[] = [];
  await read(fragmentsOf(text, 1), (value) => {
    // Before anything has come there is no value to judge.
    if (value !== undefined || seen.length > 0) seen.push({ value, then: structuredClone(value) });
  });
  return { text, whole: JSON.parse(text), seen };
}

const first = (seen: readonly Seen[], fault: (each: Seen) => string | null): string | null =>
  seen.reduce<string | null>((found, each) => found ?? fault(each), null);
