/**
 * Whether a value may stand for a whole one that is still to come: nothing in it is wrong, and nothing
 * but the one place where it grows is missing.
 */
export function isSoundPrefix(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && isStringPrefix(part, whole);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null) return false;
  if (Array.isArray(part) !== Array.isArray(whole)) return false;
  const ofPart = Object.entries(part);
  const ofWhole = new Map(Object.entries(whole));
  const inOrder = [...ofWhole.keys()].filter((key) => Object.hasOwn(part, key));
  const growing = ofPart.filter(([key, value]) => !isSame(value, ofWhole.get(key)));
  return (
    ofPart.every(([key], position) => key === inOrder[position]) &&
    (!Array.isArray(part) || ofPart.every(([key], position) => key === String(position))) &&
    growing.length <= 1 &&
    growing.every(
      ([key, value]) =>
        (!Array.isArray(part) || key === String(part.length - 1)) &&
        isSoundPrefix(value, ofWhole.get(key)),
    )
  );
}

function isStringPrefix(part: string, whole: string): boolean {
  // Without the flag a pair counts as two; with it, a half that has its other half behind it is none.
  const cutsPair =
    /[\ud800-\udbff]$/.test(part) && /^[\udc00-\udfff]/.test(whole.slice(part.length));
  return whole.startsWith(part) && !cutsPair;
}

/** Whether two values of JSON are the same: order of keys, sign of zero and prototypes included. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const ofA = Object.entries(a);
  const ofB = Object.entries(b);
  return (
    ofA.length === ofB.length &&
    ofA.every(([key, value], position) => {
      const other = ofB[position]!;
      return key === other[0] && isSame(value, other[1]);
    })
  );
}

/** Whether two values share whatever is the same in them, and nothing else. */
export function sharesWhatIsSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return true;
  if (isSame(a, b) !== (a === b)) return false;
  const ofB = new Map(Object.entries(b));
  return (
    a === b || Object.entries(a).every(([key, value]) => sharesWhatIsSame(value, ofB.get(key)))
  );
}

/** The value, frozen through and through: who changes it afterwards throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
