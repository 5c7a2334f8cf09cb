/** Options of {@link words} and {@link sentences}. */
export interface TextUnitOptions {
  /** Language of the text, a BCP 47 tag. Default `en`, which knows all scripts. */
  readonly locale?: string;
  /** Where so many characters have come without an end, one is made there. Default 5000. */
  readonly maxLength?: number;
}

/** The default of `maxLength`: no word and hardly a sentence is as long. */
export const defaultMaxLength = 5000;

/**
 * A segmenter of a text in some language.
 *
 * @throws {RangeError} when the language is no BCP 47 tag
 */
export function textSegmenter(
  caller: string,
  granularity: 'word' | 'sentence',
  locale: string,
): Intl.Segmenter {
  try {
    return new Intl.Segmenter(locale, { granularity });
  } catch (cause) {
    const message = `${caller}: locale must be a BCP 47 tag, such as ${caller}({ locale: 'de' }), not "${locale}"`;
    throw new RangeError(message, { cause });
  }
}
