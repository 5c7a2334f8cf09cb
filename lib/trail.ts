/**
 * An append-only list that shares everything it held before: adding costs the same however long it
 * is, and every earlier trail stays valid. Read it once, at the end, with {@link walk}.
 */
export interface Trail<T> {
  readonly before: Trail<T> | null;
  readonly last: T;
}

/** The trail with one more item. */
export const leave = <T>(before: Trail<T> | null, last: T): Trail<T> => ({ before, last });

/** Every item of a trail, oldest first. */
export function walk<T>(trail: Trail<T> | null): T[] {
  const items: T[] = [];
  for (let step = trail; step !== null; step = step.before) items.push(step.last);
  return items.reverse();
}
