import type { MonoTypeOperatorFunction } from 'rxjs';
import { regroup, type Regrouping } from '../regroup.ts';

/** How a text falls into units. */
export interface UnitRule {
  /**
   * Up to where in a piece of the text it is decided where units end, whatever comes later; -1 when the
   * piece decides nothing. What comes later is then looked at without what lies before.
   *
   * @param before the character before the piece, `''` at the start
   */
  decided(piece: string, before: string): number;
  /** Where units end in a text; its own end may be missing. */
  ends(text: string): Iterable<number>;
}

/**
 * How much is looked at once, in characters: what `Intl.Segmenter` costs per unit grows with the text it is
 * given (V8 11.3: 1 µs in a text of 200 characters, 37 µs in one of 16000).
 */
const stretchLength = 512;

/**
 * Regroups pieces of a text into its units: each comes when its end is decided, the rest at the end.
 *
 * Joined, the units are the text. Which they are does not depend on the pieces it comes in, as long as
 * `decided` looks at single characters and those before them.
 *
 * Every character is looked at once, and once more where it is the last that was decided.
 *
 * @param caller the operator, for the message
 * @param maxLength when so many characters have come without an end that is decided, the text is taken to
 * end there: their units are emitted, and what follows begins anew
 * @throws {RangeError} when `maxLength` is not a whole number from 2, and not `Infinity`
 */
export function textUnits(
  caller: string,
  rule: UnitRule,
  maxLength: number,
): MonoTypeOperatorFunction<string> {
  // From 2: a pair of surrogates is not to be split.
  if (!(maxLength >= 2 && (Number.isInteger(maxLength) || maxLength === Infinity))) {
    throw new RangeError(
      `${caller}: maxLength must be a whole number from 2, or Infinity, not ${maxLength}`,
    );
  }
  return regroup(() => unitRegrouping(rule, maxLength));
}

function unitRegrouping(rule: UnitRule, maxLength: number): Regrouping<string, string> {
  /** The unit that has not ended: what of it is decided, and what follows. */
  let decided: string[] = [];
  let open: string[] = [];
  /** Characters in both. */
  let length = 0;
  /** The first half of a pair of surrogates, until the second has come. */
  let half = '';
  let before = '';

  /** The units that end up to a place in `text`, which is all that is open. */
  function* cut(text: string, place: number): Iterable<string> {
    let start = 0;
    for (const end of rule.ends(text)) {
      if (end > place) break;
      yield decided.join('') + text.slice(start, end);
      decided = [];
      start = end;
    }
    decided.push(text.slice(start, place));
    open = [text.slice(place)];
    if (start > 0) length = text.length - start;
  }

  function* look(stretch: string): Iterable<string> {
    const place = rule.decided(stretch, before);
    before = stretch.slice(-1);
    open.push(stretch);
    length += stretch.length;
    if (place < 0) return;
    const text = open.join('');
    yield* cut(text, text.length - stretch.length + place);
  }

  /** Ends the text here. */
  function* end(): Iterable<string> {
    const text = open.join('');
    yield* cut(text, text.length);
    const last = decided.join('');
    if (last !== '') yield last;
    decided = [];
    open = [];
    length = 0;
    before = '';
  }

  return {
    *add(piece) {
      const text = half + piece;
      half = firstHalf.exec(text)?.[0] ?? '';
      const whole = text.slice(0, text.length - half.length);
      for (let start = 0; start < whole.length;) {
        const room = Math.min(stretchLength, maxLength - length);
        const stretch = whole.slice(start, borderBefore(whole, start + room));
        start += stretch.length;
        yield* look(stretch);
        // A pair may not fit into what is left.
        if (length === maxLength || stretch === '') yield* end();
      }
    },
    *rest() {
      yield* look(half);
      yield* end();
    },
  };
}

const firstHalf = /[\uD800-\uDBFF]$/;

/** A place in a text, or the one before it where a pair of surrogates would be split. */
const borderBefore = (text: string, place: number): number =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(place - 1, place + 1)) ? place - 1 : place;
