/** A JSON text, and the pieces it comes in. */
export interface Document {
  readonly text: string;
  readonly fragments: readonly string[];
}

/** Characters in a fragment: about what a token of a model has. */
const fragmentLength = 4;

/** A text in fragments. */
export const documentOf = (text: string): Document => ({ text, fragments: fragmentsOf(text) });

/** The pieces of a text. */
export const fragmentsOf = (text: string, length: number = fragmentLength): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, position) =>
    text.slice(position * length, (position + 1) * length),
  );

const words = 'the quick brown fox jumps over the lazy dog and 12.5 times it said "no" in'.split(
  ' ',
);

/** Prose of so many characters: sentences of 12 words, lines of 5 sentences. */
export function prose(length: number): string {
  const pieces: string[] = [];
  let written = 0;
  for (let position = 0; written < length; position += 1) {
    const word = words[position % words.length] ?? '';
    const begun = position % 12 === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    const end = position % 60 === 59 ? '.\n' : position % 12 === 11 ? '. ' : ' ';
    pieces.push(begun + end);
    written += begun.length + end.length;
  }
  return pieces.join('').slice(0, length);
}

/** An object with one text, which takes up nearly all of it. */
export const growingText = (size: number): Document =>
  documentOf(JSON.stringify({ text: prose(lengthOf(size)) }));

/** An object of 50 keys; the larger the document, the longer their texts. */
export function fiftyKeys(size: number): Document {
  const share = prose(Math.round(lengthOf(size) / 50));
  return documentOf(JSON.stringify(Object.fromEntries(keys.map((key) => [key, share]))));
}

const keys = Array.from({ length: 50 }, (_, position) => `key${position}`);

/** Arrays of 100 numbers, in arrays of up to 100 of those, and so on: no container is wider. */
export function nestedArrays(size: number): Document {
  const numbers = Array.from({ length: lengthOf(size) / 8 }, (_, position) => 1e6 + position);
  return documentOf(JSON.stringify(grouped(numbers, 100, (group) => group)));
}

/** Records of seven fields, in lists of up to 10 that are fields of records, and so on. */
export function nestedRecords(size: number): Document {
  const records = Array.from({ length: Math.ceil(lengthOf(size) / 130) }, (_, id) => recordOf(id));
  return documentOf(
    JSON.stringify(grouped(records, 10, (items, level) => ({ kind: `level ${level}`, items }))),
  );
}

const recordOf = (id: number): object => ({
  id,
  title: `Title of record ${id}`,
  price: id / 4,
  inStock: id % 3 > 0,
  tags: ['red', 'large'],
  size: { width: 40, height: 25 },
  note: null,
});

/** A list of books, as many as the size allows. */
export const bookList = (size: number): Document =>
  documentOf(JSON.stringify(Array.from({ length: lengthOf(size) / 40 }, (_, id) => bookOf(id))));

const bookOf = (id: number): object => ({ title: `The book of ${id}`, year: 1900 + (id % 100) });

/** Groups values, and the groups, until there is one. */
function grouped<T>(
  values: readonly T[],
  width: number,
  group: (values: readonly (T | object)[], level: number) => T | object,
): T | object {
  let level = 0;
  let groups: readonly (T | object)[] = values;
  do {
    level += 1;
    const before = groups;
    groups = Array.from({ length: Math.ceil(before.length / width) }, (_, position) =>
      group(before.slice(position * width, (position + 1) * width), level),
    );
  } while (groups.length > 1);
  return groups[0] ?? [];
}

/** Characters in so many fragments. */
export const lengthOf = (size: number): number => size * fragmentLength;
