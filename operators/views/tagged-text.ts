import type { OperatorFunction } from 'rxjs';
import { regroup, type Regrouping } from '../regroup.ts';

/** A piece of a text, and the tag it stands in. */
export interface TaggedText<Tag extends string = string> {
  /** Name of the tag, `null` outside of all tags. */
  readonly tag: Tag | null;
  /** The piece; never empty. */
  readonly text: string;
}

/**
 * Splits the text of a model that answers in tags, such as `<answer>…</answer>`: each piece comes with the
 * tag it stands in.
 *
 * ```
 * source                  --"<why>It ra"--"ins.</w"--"hy> So"-----|
 * taggedText('why')
 * result                  --why:"It ra"---why:"ins."--null:" So"--|
 * ```
 *
 * A tag is what stands between `<name>` and the next `</name>`, to the letter: no attributes, no other
 * case, and within a tag every other tag is text. So is an end tag without its beginning, and a tag that
 * was not named here. The tags themselves are left out; a tag that is never closed goes on to the end.
 *
 * Subscribes when subscribed to; emits what a piece adds at once, but for characters at its end that may be
 * the beginning of a tag: they come with the next piece, or before the source's completion or error, when
 * they were none. Unsubscribing unsubscribes from the source and drops them.
 *
 * Invariant: joined per tag, the texts are what stands in that tag, whatever pieces the text comes in. Two
 * tags of one name that follow each other at once are not told apart. Holds less than a tag. A piece costs
 * the same however much came before.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(
 *   textDeltas(),
 *   taggedText('reasoning', 'answer'),
 *   filter(({ tag }) => tag === 'answer'),
 *   map(({ text }) => text),
 * );
 * ```
 * @param tags names of the tags to tell apart
 * @throws {TypeError} when there is none, or one is empty or holds white space, `<`, `>` or `/`
 */
export function taggedText<const Tag extends string>(
  ...tags: readonly Tag[]
): OperatorFunction<string, TaggedText<Tag>> {
  const wrong = tags.find((tag) => !/^[^\s<>/]+$/.test(tag));
  if (tags.length === 0 || wrong !== undefined) {
    throw new TypeError(
      `taggedText: give the names of tags, such as taggedText('thinking', 'answer'), not ${wrong === undefined ? 'nothing' : `"${wrong}"`}`,
    );
  }
  const begins = tags.map((tag) => ({ mark: `<${tag}>`, tag }));
  return regroup(() => tagRegrouping(begins));
}

/** What begins or ends a tag, and the tag what follows stands in. */
interface Mark<Tag extends string> {
  readonly mark: string;
  readonly tag: Tag | null;
}

function tagRegrouping<Tag extends string>(
  begins: readonly Mark<Tag>[],
): Regrouping<string, TaggedText<Tag>> {
  let tag: Tag | null = null;
  let marks = begins;
  /** The end of what came: it may be the beginning of a mark. */
  let held = '';

  function* say(text: string): Iterable<TaggedText<Tag>> {
    if (text !== '') yield { tag, text };
  }

  return {
    *add(piece) {
      const text = held + piece;
      held = '';
      let start = 0;
      // Marks begin with this, and hold no other.
      for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
        const found = marks.find(({ mark }) => text.startsWith(mark, at));
        if (found !== undefined) {
          yield* say(text.slice(start, at));
          start = at + found.mark.length;
          tag = found.tag;
          marks = tag === null ? begins : [{ mark: `</${tag}>`, tag: null }];
        } else if (marks.some(({ mark }) => mark.startsWith(text.slice(at)))) {
          held = text.slice(at);
          break;
        }
      }
      yield* say(text.slice(start, text.length - held.length));
    },
    rest: () => say(held),
  };
}
