import type { JsonBuilder } from './json-builder.ts';

/** A builder of whole values. */
export interface JsonTree extends JsonBuilder {
  /** Gives the value away and begins anew. */
  take(): unknown;
}

/**
 * Builds the value of a JSON text. A value that was read never changes afterwards: what is still open
 * in it is copied before it changes, once per read, and what is closed is shared.
 *
 * A part costs one copy of each open container if the value was read since the last change, and no
 * copy otherwise. The text of a growing string is passed on without a look at it.
 */
export function jsonTree(): JsonTree {
  let root: unknown;
  /** The open containers, outermost first. */
  const frames: Frame[] = [];
  /** Whether the open containers are part of a value that was read. */
  let isShared = false;
  /** What the open string has grown to since it was last placed, `null` when it has not. */
  let grown: string | null = null;

  const place = (value: unknown): void => {
    const frame = frames.at(-1);
    if (frame === undefined) {
      root = value;
      return;
    }
    // A repeated key may repeat its value as well.
    if (Object.is(held(frame), value)) return;
    if (isShared) copyOpen();
    hold(frame, value);
  };

  const copyOpen = (): void => {
    let outer: Frame | null = null;
    for (const frame of frames) {
      frame.container = copyOf(frame.container);
      if (outer === null) root = frame.container;
      else hold(outer, frame.container);
      outer = frame;
    }
    isShared = false;
  };

  /** Goes on behind a value that is whole. */
  const pass = (): void => {
    const frame = frames.at(-1);
    if (typeof frame?.at === 'number') frame.at += 1;
  };

  return {
    open: (kind) => {
      const frame = { container: emptyOf(kind), at: kind === 'array' ? 0 : '' };
      place(frame.container);
      frames.push(frame);
    },
    close: () => {
      frames.pop();
      pass();
    },
    key: (key) => {
      const frame = frames.at(-1);
      if (frame !== undefined) frame.at = key;
    },
    string: (soFar) => {
      grown = soFar;
    },
    scalar: (value) => {
      grown = null;
      place(value);
      pass();
    },
    take: () => {
      const value = root;
      root = undefined;
      return value;
    },
    value: () => {
      if (grown !== null) place(grown);
      grown = null;
      isShared = true;
      return root;
    },
    found: () => false,
  };
}

/** An open container, and the key or index of the value that is being read. */
interface Frame {
  container: Container;
  at: string | number;
}

/** Arrays and objects alike: where both are asked for a place, it is one of their own kind. */
interface Container {
  [at: string | number]: unknown;
}

/** An array whose places TypeScript lets one name as those of an object. */
type List = unknown[] & Container;

const emptyOf = (kind: 'object' | 'array'): Container =>
  kind === 'array' ? ([] as unknown[] as List) : {};

const copyOf = (container: Container): Container =>
  Array.isArray(container) ? (container.slice() as List) : { ...container };

const held = ({ container, at }: Frame): unknown => container[at];

function hold({ container, at }: Frame, value: unknown): void {
  if (at !== '__proto__') container[at] = value;
  // Assigned, it would become the prototype.
  else Object.defineProperty(container, at, { value, ...ordinary });
}

const ordinary = { writable: true, enumerable: true, configurable: true };
