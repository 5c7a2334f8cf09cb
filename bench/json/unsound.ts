import { inspect } from 'node:util';

/**
 * What is wrong with a value that is to be a part of a whole one; `null` where nothing is.
 *
 * A part of a text is a beginning of it; of an array, parts of its first elements; of an object, parts of
 * the values of some of its keys; of anything else, itself.
 */
export function unsound(part: unknown, whole: unknown, path = ''): string | null {
  const place = path === '' ? '' : ` at ${path}`;
  if (typeof part === 'string' && typeof whole === 'string') {
    return whole.startsWith(part) ? null : inspect(part) + place;
  }
  if (!isContainer(part) || !isContainer(whole) || Array.isArray(part) !== Array.isArray(whole)) {
    return Object.is(part, whole) ? null : inspect(part) + place;
  }
  return firstFault(part, (key, inner) =>
    Object.hasOwn(whole, key)
      ? unsound(inner, whole[key], `${path}/${key}`)
      : `a key ${inspect(key)}${place}`,
  );
}

/** Where a text ends in half a surrogate pair; `null` where none does. */
export function halfCharacter(value: unknown): string | null {
  if (typeof value === 'string') return /[\uD800-\uDBFF]$/.test(value) ? inspect(value) : null;
  return isContainer(value) ? firstFault(value, (_key, inner) => halfCharacter(inner)) : null;
}

interface Container {
  readonly [key: string]: unknown;
}

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

const firstFault = (
  container: Container,
  faultOf: (key: string, inner: unknown) => string | null,
): string | null =>
  Object.keys(container).reduce<string | null>(
    (found, key) => found ?? faultOf(key, container[key]),
    null,
  );
