import fc from 'fast-check';

/**
 * Texts with what the rules for words and sentences tell apart: letters of scripts with and without white
 * space, capitals, digits, full stops, brackets, quotes, joining and formatting characters, line ends,
 * pairs of surrogates and halves of them.
 */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ...['a', 'B', 'é', 'o', 'א', 'ا', '1', '٣', '_', "'", '"', '’', '“', '”', '»', '-', '—', '/'],
    ...['.', '!', '?', ',', ':', ';', '…', '(', ')', ' ', '  ', '\t', '\n', '\r', '\r\n', '①'],
    ...['中', '日', 'の', 'カ', 'ー', '。', '、', '，', '「', '」', '日本語', 'สวัสดี', 'ខ្មែរ', '៕'],
    ...['\u0301', '\u200d', '\u00ad', '\ufeff', '\u200b', '\u00a0', '\u202f', '\u2029', '\u0085'],
    ...[
      '\u05f4',
      '\uff9e',
      '\u1aa8',
      '😀',
      '👩‍👧',
      '🏽',
      '🇳',
      '🇴',
      '𝒜',
      '𐐀',
      '𐐨',
      '\ud83d',
      '\ude00',
    ],
    ...['Mr. ', 'e.g. ', 'hello ', '3.14', '2. '],
  ),
  maxLength: 50,
});
