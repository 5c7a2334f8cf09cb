/**
 * The objects of a list, none where there is no list. What a server sends in their place (`null`, a text) is
 * in the event itself, and must not break the reading of the rest.
 */
export function objectsIn<Item extends object>(
  value: readonly Item[] | string | null | undefined,
): readonly Item[] {
  // Types promise a list of objects; servers are not bound by them.
  const list: unknown = value;
  return Array.isArray(list)
    ? list.filter((item): item is Item => typeof item === 'object' && item !== null)
    : [];
}
