/** Where a pattern was found, in UTF-16 units of the text searched. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A pattern to look for in a text that is still arriving. */
export interface TextPattern {
  /** How many characters a match can have; what lies further back need not be looked at again. */
  readonly maxLength: number;
  /**
   * The match that is complete first, at or after `from`: the shortest text that contains one, whatever
   * pieces the text comes in.
   */
  find(text: string, from: number): Match | null;
  /** How many characters at the end of `text` may be the beginning of a match. */
  openLength(text: string): number;
}

/**
 * Prepares a string, several, or a regular expression.
 *
 * @throws {TypeError} when the pattern is empty or matches the empty text, or `maxLength` is below 1
 */
export function textPattern(
  pattern: string | readonly string[] | RegExp,
  maxLength: number,
): TextPattern {
  if (!(maxLength >= 1)) {
    throw new TypeError(
      `takeUntilContains: maxLength must be 1 or more characters, not ${maxLength}`,
    );
  }
  if (pattern instanceof RegExp) return expressionPattern(pattern, maxLength);
  const needles = typeof pattern === 'string' ? [pattern] : pattern;
  if (needles.length === 0 || needles.includes('')) {
    throw new TypeError(
      'takeUntilContains: an empty pattern is contained in everything; give some text',
    );
  }
  return needlesPattern(needles);
}

function needlesPattern(needles: readonly string[]): TextPattern {
  const maxLength = Math.max(...needles.map(({ length }) => length));
  const expression = new RegExp(needles.map(escape).join('|'), 'g');
  return {
    maxLength,
    find: (text, from) => firstComplete(expression, text, from),
    openLength: (text) => {
      const longest = Math.min(maxLength - 1, text.length);
      for (let length = longest; length > 0; length--) {
        const ending = text.slice(text.length - length);
        if (needles.some((needle) => needle.startsWith(ending))) return length;
      }
      return 0;
    },
  };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Any text may begin a match of an expression: as much stays open as a match can have. */
function expressionPattern(given: RegExp, maxLength: number): TextPattern {
  // A copy: the caller's own may be shared, and searching moves its `lastIndex`.
  const expression = new RegExp(given.source, `${given.flags.replace(/[gy]/g, '')}g`);
  if (expression.test('')) {
    throw new TypeError(
      `takeUntilContains: ${given} matches the empty text; make it need a character`,
    );
  }
  return {
    maxLength,
    find: (text, from) => firstComplete(expression, text, from),
    openLength: (text) => Math.min(maxLength - 1, text.length),
  };
}

function firstComplete(expression: RegExp, text: string, from: number): Match | null {
  let match = search(expression, text, from);
  // A greedy or later alternative may run on past a match that is complete earlier; before the first
  // character there is none.
  while (match !== null && match.end > 0) {
    const shorter = search(expression, text.slice(0, match.end - 1), from);
    if (shorter === null) return match;
    match = shorter;
  }
  return match;
}

function search(expression: RegExp, text: string, from: number): Match | null {
  expression.lastIndex = from;
  const found = expression.exec(text);
  return found && { start: found.index, end: found.index + found[0].length };
}
