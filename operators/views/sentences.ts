import type { MonoTypeOperatorFunction } from 'rxjs';
import { defaultMaxLength, textSegmenter, type TextUnitOptions } from './text-segmenter.ts';
import { textUnits } from './text-units.ts';

/**
 * Regroups pieces of a text into its sentences, each with the white space after it.
 *
 * ```
 * source         --"It rains. S"--"o 1.5 mm"--" fell!"--|
 * sentences()
 * result         --"It rains. "-------------------------("So 1.5 mm fell!"|)
 * ```
 *
 * Sentences are those of `Intl.Segmenter`: a line end is the end of one, and so is the full stop of "Mr."
 * before a name. Subscribes when subscribed to; emits a sentence when it has shown that it is one: at a
 * line end, else at the next letter ("2." may go on with "5 mm"); the rest comes before the source's
 * completion or error, cut off as it may be then. Unsubscribing unsubscribes from the source and drops it.
 *
 * Lossless: joined, the sentences are the text, and they are the same whatever pieces it comes in. Holds
 * the sentence that has not ended. A piece costs the same however long that is.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(textDeltas(), sentences(), concatMap((sentence) => speak(sentence)));
 * ```
 * @param options `locale`, a BCP 47 tag, default `en`; `maxLength` in characters (UTF-16 units), default
 * 5000: a sentence ends there at the latest
 * @throws {RangeError} when `locale` is no tag, or `maxLength` is not a whole number from 2 and not
 * `Infinity`
 */
export function sentences({
  locale = 'en',
  maxLength = defaultMaxLength,
}: TextUnitOptions = {}): MonoTypeOperatorFunction<string> {
  const segmenter = textSegmenter('sentences', 'sentence', locale);
  const rule = {
    decided,
    *ends(text: string) {
      if (!possibleEnd.test(text)) return;
      for (const { index, segment } of segmenter.segment(text)) yield index + segment.length;
    },
  };
  return textUnits('sentences', rule, maxLength);
}

/*
 * Unicode Standard Annex 29, "Unicode Text Segmentation", says where sentences end.
 * https://www.unicode.org/reports/tr29/#Sentence_Boundary_Rules
 */

/** Rules SB4, SB11: sentences end after no other characters. `;` and its twin end them in Greek. */
const possibleEnd = /[\p{Sentence_Terminal};\u037E\n\r\u0085\u2028\u2029]/u;

/** Rule SB4: sentences end after these at once; after a `\r` only when no `\n` follows. */
const paragraphEnd = /[\n\u0085\u2028\u2029]/;

/**
 * The rules look ahead to the next letter (SB8) and no further, and back to the letter before a full stop
 * (SB7). Letters that extend what stands before them (SB5) do not count.
 */
const letter = /(?!\p{Grapheme_Extend})\p{L}/u;

function decided(piece: string): number {
  const characters = Array.from(piece);
  const last = characters.findLastIndex((each) => letter.test(each) || paragraphEnd.test(each));
  const included = paragraphEnd.test(characters[last] ?? '') ? 1 : 0;
  return last < 0 ? -1 : characters.slice(0, last + included).join('').length;
}
