/**
 * The lines an example says it prints, in comments: `// prints: Oslo is …`, and for some providers only
 * `// prints with cohere, groq: …`. They come in this order, others may come between; `…` stands for
 * anything, blanks at both ends do not count.
 *
 * @param source the example
 */
export const expectedLines = (source: string, provider: string): readonly string[] =>
  [...source.matchAll(/^ *\/\/ prints(?: with ([\w, ]+))?: (.*)$/gm)]
    .filter(([, providers]) => providers?.split(', ').includes(provider) ?? true)
    .map(([, , line = '']) => line);

/** The first of the expected lines that is not among the printed ones, `null` when all are. */
export function missingLine(
  printed: readonly string[],
  expected: readonly string[],
): string | null {
  let from = 0;
  for (const line of expected) {
    const pattern = patternOf(line);
    const position = printed.findIndex((text, index) => index >= from && pattern.test(text.trim()));
    if (position === -1) return line;
    from = position + 1;
  }
  return null;
}

const patternOf = (line: string): RegExp =>
  new RegExp(
    `^${line
      .trim()
      .split('…')
      .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  );
