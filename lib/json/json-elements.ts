import type { JsonBuilder } from './json-builder.ts';
import { jsonTree } from './json-tree.ts';

/** Where the elements of an array go that are wanted one by one. */
export interface JsonElements {
  /** The keys that lead to the array through objects from the root on; `[]` is the root itself. */
  readonly path: readonly string[];
  /** Called with each element as it closes, whole and in order. */
  next(value: unknown, index: number): void;
}

/**
 * Builds the value of a JSON text without the elements of one array: they go to `next` and are not
 * kept, and the array stays `[]`. An element costs the same however many came before.
 */
export function jsonElements({ path, next }: JsonElements): JsonBuilder {
  const tree = jsonTree();
  const element = jsonTree();
  /** Builds what is open: the tree, or within the array an element. */
  let builder = tree;
  /** How many containers are open, those of an element included. */
  let depth = 0;
  /**
   * How many keys, from the root on, were last those of the path. A key speaks for its level and for
   * all below; the elements of an array have none, and so never lead on.
   */
  let matched = 0;
  let index = 0;
  let found = false;

  /** Whether what is open is the array itself and no element. */
  const isBetween = (): boolean => builder === element && depth === path.length + 1;

  const handOn = (): void => {
    if (isBetween()) next(element.take(), index++);
  };

  return {
    open: (kind) => {
      builder.open(kind);
      if (kind === 'array' && depth === path.length && matched === depth) {
        builder = element;
        index = 0;
        found = true;
      }
      depth += 1;
    },
    close: () => {
      if (isBetween()) builder = tree;
      builder.close();
      depth -= 1;
      handOn();
    },
    key: (key) => {
      builder.key(key);
      const level = depth - 1;
      if (matched >= level) matched = key === path[level] ? depth : level;
    },
    string: (soFar) => builder.string(soFar),
    scalar: (value) => {
      builder.scalar(value);
      handOn();
    },
    value: () => tree.value(),
    found: () => found,
  };
}
