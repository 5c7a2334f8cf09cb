/** The beginning of a text, in so many columns of a terminal at most. */
export function fitStart(text: string, columns: number): string {
  const signs = signsOf(text);
  const fits = widthOf(signs) <= columns;
  return textOf(fits ? signs : [...signsWithin(signs, columns - 1), ellipsis]);
}

/** The end of a text, in so many columns of a terminal at most. */
export function fitEnd(text: string, columns: number): string {
  const signs = signsOf(text.slice(-unitsPerColumn * columns));
  const fits = widthOf(signs) <= columns;
  const end = signsWithin(signs.toReversed(), columns - 1).toReversed();
  return textOf(fits ? signs : [ellipsis, ...end]);
}

/** No sign worth showing is longer: what comes before that many is not even looked at. */
const unitsPerColumn = 8;

/** What a reader takes for one character, and how many columns of a terminal it takes. */
interface Sign {
  readonly text: string;
  readonly width: number;
}

const ellipsis: Sign = { text: '…', width: 1 };

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** East Asian scripts and emoji are two columns wide. */
const wide =
  /^(?:\p{Emoji_Presentation}|.\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}])/u;

/** What moves the cursor or turns the direction of writing: it would break out of its place. */
const unruly = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const signsOf = (text: string): readonly Sign[] =>
  Array.from(segmenter.segment(text.replace(unruly, ' ')), ({ segment }) => ({
    text: segment,
    width: wide.test(segment) ? 2 : 1,
  }));

const widthOf = (signs: readonly Sign[]): number =>
  signs.reduce((sum, { width }) => sum + width, 0);

/** The first signs, as many as there is room for. */
function signsWithin(signs: readonly Sign[], columns: number): readonly Sign[] {
  let room = columns;
  const end = signs.findIndex(({ width }) => (room -= width) < 0);
  return end === -1 ? signs : signs.slice(0, end);
}

const textOf = (signs: readonly Sign[]): string => signs.map(({ text }) => text).join('');
