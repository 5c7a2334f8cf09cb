import type { JsonBuilder } from './json-builder.ts';
import { jsonElements, type JsonElements } from './json-elements.ts';
import type { JsonFault, JsonReader, JsonReaderOptions } from './json-reader.ts';
import { jsonScanner, type JsonScanner } from './json-scanner.ts';
import { jsonTree } from './json-tree.ts';

/**
 * A reader of the JSON object or array in a model's answer: with prose before and after it, with a
 * Markdown fence around it, or bare. As to the JSON itself it is as strict as `jsonReader`.
 *
 * - An opening bracket begins a candidate, and `value` is the candidate's. The first that becomes
 *   whole is the one: the reader is `complete`, and what follows is not looked at.
 * - A candidate that goes wrong right behind its bracket was prose: the search goes on where it went
 *   wrong. One that goes wrong later was meant and is broken: it is passed over to its closing
 *   bracket, so that nothing within it is taken for the answer. Either way `value` is `undefined` again.
 * - A candidate that goes wrong after elements of it were handed on is the last: they cannot be taken
 *   back, and the reader is `invalid` at once.
 * - Otherwise the text is `invalid` at its end only: when there was no candidate, or the last one is
 *   cut off, or all are broken.
 *
 * It never goes back: the cost of a piece does not grow with the text.
 *
 * @example
 * const reader = jsonInText('object');
 * reader.push('Here you are:\n```json\n{"title":"Du');
 * reader.value; // { title: 'Du' }
 * reader.push('ne"}\n```\nEnjoy!');
 * reader.state; // 'complete'
 *
 * @param root what to look for: an object, an array, or whichever comes first. Brackets as in `[1]` are
 *   arrays as well: an object is told more safely from prose
 */
export function jsonInText(
  root: 'object' | 'array' | 'either',
  { each }: JsonReaderOptions = {},
): JsonReader {
  const opening = openings[root];
  const what = root === 'either' ? 'JSON' : `JSON ${root}`;
  let state: JsonReader['state'] = 'open';
  let error: JsonFault | null = null;
  /** The length of the pieces before the one that is being read. */
  let length = 0;
  let candidate: Candidate | null = null;
  let handedOn = false;
  /** How many brackets of a broken candidate are still open. */
  let openBrackets = 0;
  /** What was wrong with the candidate that came closest. */
  let closest: JsonFault | null = null;

  const watched: JsonElements | undefined = each && {
    path: each.path,
    next: (value, index) => {
      handedOn = true;
      each.next(value, index);
    },
  };

  const seek = (text: string, from: number): number => {
    const at = positionOf(opening, text, from);
    if (at < 0) return text.length;
    candidate = begin(watched);
    return at;
  };

  const passOver = (text: string, at: number): number => {
    const char = text.charAt(at);
    if (char === '{' || char === '[') openBrackets += 1;
    if (char === '}' || char === ']') openBrackets -= 1;
    return at + 1;
  };

  const read = ({ scanner }: Candidate, text: string, from: number): number => {
    const at = scanner.scan(text, from);
    if (scanner.state() === 'complete') state = 'complete';
    const fault = scanner.fault();
    if (fault !== null) reject(scanner, fault, length + at);
    return at;
  };

  const reject = (scanner: JsonScanner, fault: string, position: number): void => {
    const wrong = { message: `The ${what} is broken: ${fault}`, position };
    if (handedOn) {
      state = 'invalid';
      error = wrong;
      return;
    }
    candidate = null;
    if (!scanner.isEmpty()) openBrackets = scanner.depth();
    if (!scanner.isEmpty() || closest === null) closest = wrong;
  };

  return {
    push: (text) => {
      let at = 0;
      while (at < text.length && state === 'open') {
        if (candidate !== null) at = read(candidate, text, at);
        else at = openBrackets > 0 ? passOver(text, at) : seek(text, at);
      }
      length += text.length;
    },
    end: () => {
      if (state !== 'open') return;
      state = 'invalid';
      if (candidate !== null) error = { message: `The ${what} is cut off`, position: length };
      else error = closest ?? { message: `No ${what} in the text`, position: length };
    },
    get value() {
      return candidate?.builder.value();
    },
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get found() {
      return candidate?.builder.found() ?? false;
    },
  };
}

/** What a candidate begins with. */
const openings = { object: '{', array: '[', either: '{[' } as const;

/** The position of the first of some characters in a text, -1 where there is none. */
function positionOf(characters: string, text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (characters.includes(text.charAt(at))) return at;
  }
  return -1;
}

interface Candidate {
  readonly builder: JsonBuilder;
  readonly scanner: JsonScanner;
}

function begin(each: JsonElements | undefined): Candidate {
  const builder = each === undefined ? jsonTree() : jsonElements(each);
  return { builder, scanner: jsonScanner(builder) };
}
