import type { MonoTypeOperatorFunction } from 'rxjs';
import { defaultMaxLength, textSegmenter, type TextUnitOptions } from './text-segmenter.ts';
import { textUnits } from './text-units.ts';

/**
 * Regroups pieces of a text into its words, each with its punctuation and the white space after it.
 *
 * ```
 * source     --"Hel"--"lo, wor"--"ld! (Yes"--".)"--|
 * words()
 * result     ---------"Hello, "--"world! "---------("(Yes.)"|)
 * ```
 *
 * A word goes up to the next white space and keeps it. Where words are written without (Chinese, Japanese,
 * Thai, …) they are those of `Intl.Segmenter`: punctuation stays with the word before it, an opening
 * bracket with the word after it. White space at the start of the text is emitted by itself.
 *
 * Subscribes when subscribed to; emits a word when the next one begins; words without white space between
 * them come together, when a character follows white space or one of `、。！，：；？`, as only that decides
 * which they are. The rest comes before the source's completion or error, cut off as it may be then.
 * Unsubscribing unsubscribes from the source and drops it.
 *
 * Lossless: joined, the words are the text, and they are the same whatever pieces it comes in. Holds the
 * word that has not ended. A piece costs the same however long that is.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(
 *   textDeltas(),
 *   words(),
 *   concatMap((word) => of(word).pipe(delay(30))),
 * );
 * ```
 * @param options `locale`, a BCP 47 tag, default `en`; `maxLength` in characters (UTF-16 units), default
 * 5000: a word ends there at the latest
 * @throws {RangeError} when `locale` is no tag, or `maxLength` is not a whole number from 2 and not
 * `Infinity`
 */
export function words({
  locale = 'en',
  maxLength = defaultMaxLength,
}: TextUnitOptions = {}): MonoTypeOperatorFunction<string> {
  const segmenter = textSegmenter('words', 'word', locale);
  const ends = (text: string): Iterable<number> =>
    alphabetic.test(text) ? endsOfSpace(text) : endsOfWords(segmenter, text);
  return textUnits('words', { decided, ends }, maxLength);
}

/** White space where a line may break. */
const space = /(?![\u00A0\u2007\u202F])\p{White_Space}/u;

/** Full stops and commas of scripts that write without it. */
const fullStop = /[、。！，：；？]/;

/** Characters that join what stands before them: classes Extend and Format of Unicode Standard Annex 29. */
const joining = /[\p{M}\p{Cf}\p{Grapheme_Extend}\p{Emoji_Modifier}]/u;

/**
 * At a character after white space or after one of these full stops: when it does not join what stands
 * before, no rule for words needs to know what follows it, nor does a later one need to know what came
 * before it. https://www.unicode.org/reports/tr29/#Word_Boundary_Rules
 */
function decided(piece: string, before: string): number {
  const characters = Array.from(piece);
  const last = characters.findLastIndex(
    (each, at) => mayEndWord(characters[at - 1] ?? before) && !joining.test(each),
  );
  return last < 0 ? -1 : characters.slice(0, last).join('').length;
}

const mayEndWord = (character: string): boolean =>
  space.test(character) || fullStop.test(character);

/**
 * Text where only white space ends words, so that no segmenter is needed: ASCII, Latin letters, dashes,
 * curly quotes and the ellipsis.
 */
// eslint-disable-next-line no-control-regex -- they are white space or belong to a word
const alphabetic = /^[\x00-\x7F\u00C0-\u024F\u2010-\u2019\u201C\u201D\u2026]*$/;

function* endsOfSpace(text: string): Iterable<number> {
  for (const { index } of text.matchAll(/(?<=\s)\S/g)) yield index;
}

function* endsOfWords(segmenter: Intl.Segmenter, text: string): Iterable<number> {
  let before = '';
  for (const { index, segment } of segmenter.segment(text)) {
    if (isEnd(before, segment)) yield index;
    before = segment;
  }
}

const isEnd = (before: string, after: string): boolean =>
  space.test(before.slice(-1))
    ? !space.test(after.charAt(0))
    : endOfWord.test(before) && startOfWord.test(after);

/** Punctuation of ASCII stands in words: "and/or", "12:30", "https://". */
const endOfWord = /(?:[\p{L}\p{M}\p{Nd}]|(?!\p{ASCII})[\p{Terminal_Punctuation}\p{Pe}])$/u;
const startOfWord = /^(?:[\p{L}\p{Nd}]|(?!\p{ASCII})\p{Ps})/u;
