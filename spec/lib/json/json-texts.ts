import fc from 'fast-check';

/**
 * Texts of JSON in every form they may be written in: white space, escapes, halves of surrogate pairs,
 * numbers, keys that mean something to JavaScript, and unless `uniqueKeys` keys that are repeated.
 */
export function jsonTexts({
  uniqueKeys = false,
}: { readonly uniqueKeys?: boolean } = {}): fc.Arbitrary<string> {
  const blank = fc.constantFrom('', '', '', '', ' ', '\n', '\t \r\n');
  const pieces = fc.oneof(
    fc.constantFrom(...plain),
    fc.constantFrom(...escaped),
    fc.string({ unit: 'binary', maxLength: 4 }).map((text) => JSON.stringify(text).slice(1, -1)),
  );
  const string = fc.array(pieces, { maxLength: 6 }).map((all) => `"${all.join('')}"`);
  const number = fc.oneof(
    fc.constantFrom(...numbers),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  );
  const key = fc.oneof(fc.constantFrom(...keys), string);
  const { value } = fc.letrec<{ value: string; array: string; object: string }>((tie) => {
    const spaced = fc.tuple(blank, tie('value'), blank).map((all) => all.join(''));
    const member = fc.record({ key, before: blank, after: blank, value: spaced });
    const members = uniqueKeys
      ? fc.uniqueArray(member, { maxLength: 4, selector: (each) => JSON.parse(each.key) as string })
      : fc.array(member, { maxLength: 4 });
    return {
      value: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        fc.constantFrom('true', 'false', 'null'),
        number,
        string,
        tie('array'),
        tie('object'),
        tie('object'),
      ),
      array: fc
        .tuple(fc.array(spaced, { maxLength: 4 }), blank)
        .map(([all, space]) => `[${all.join(',') || space}]`),
      object: fc.tuple(members, blank).map(([all, space]) => {
        const texts = all.map((each) => `${each.before}${each.key}${each.after}:${each.value}`);
        return `{${texts.join(',') || space}}`;
      }),
    };
  });
  return fc.tuple(blank, value, blank).map((all) => all.join(''));
}

/** Texts that once were JSON: characters left out, put in, replaced, cut off, or nothing done at all. */
export function brokenJsonTexts(): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    length: fc.constantFrom(0, 0, 1, 1, 1, 2, 1000),
    text: fc.oneof(fc.constantFrom('', '', ...marks), fc.constantFrom(...numbers, ...escaped)),
  });
  return fc
    .tuple(jsonTexts(), fc.array(change, { maxLength: 2, minLength: 1 }))
    .map(([text, changes]) =>
      changes.reduce((changed, each) => {
        const at = each.at % (changed.length + 1);
        return changed.slice(0, at) + each.text + changed.slice(at + each.length);
      }, text),
    );
}

/** A text in pieces, between any two of its UTF-16 units. */
export function inPieces(text: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> {
  const cuts = fc.oneof(fc.array(fc.nat(), { maxLength: 8 }), fc.constant(null));
  return fc
    .tuple(text, cuts)
    .map(([whole, at]) => (at === null ? whole.split('') : cut(whole, at)));
}

/** The text cut at these places, taken modulo its length. */
export function cut(text: string, at: readonly number[]): readonly string[] {
  const borders = [...at.map((each) => each % (text.length + 1)), text.length].sort(
    (a, b) => a - b,
  );
  return borders.map((end, position) => text.slice(borders[position - 1] ?? 0, end));
}

const plain = [
  'a',
  'b',
  'x',
  'é',
  '€',
  '😊',
  '\ud83d',
  '\ude0a',
  '\u2028',
  '\ufeff',
  '\u007f',
  '\u00a0',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '/',
  "'",
  ' ',
];
const escaped = [
  '\\"',
  '\\\\',
  '\\/',
  '\\b',
  '\\f',
  '\\n',
  '\\r',
  '\\t',
  '\\u0041',
  '\\u00e9',
  '\\u0000',
  '\\uD83D',
  '\\ude0A',
  '\\ud83d\\ude0a',
  '\\u005c',
  '\\u0022',
];
const numbers = [
  '0',
  '-0',
  '7',
  '-12',
  '3.25',
  '0.10',
  '1e3',
  '1E+2',
  '2.5e-7',
  '0e0',
  '-0.0',
  '1e400',
  '-1e400',
  '1e-400',
  '123456789012345678901234567890',
  '0.1',
];
const keys = [
  '"a"',
  '"b"',
  '"\\u0061"',
  '""',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"10"',
  '"2"',
  '"-1"',
  '"01"',
  '"length"',
];
const marks = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '\u0001',
  '\u00a0',
  '\ufeff',
  '0',
  '1',
  '-',
  '+',
  '.',
  'e',
  't',
  'true',
  'nul',
  'NaN',
  "'",
  '//',
  '\\x',
  '\\u12',
];
