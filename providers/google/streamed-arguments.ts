import type { PartialArg } from '@google/genai';

/** Writes arguments that come value by value as the JSON text they add up to. */
export interface ArgumentsWriter {
  /** The text a value adds. */
  add(piece: PartialArg): string;
  /** The text whole members add. */
  addMembers(args: { readonly [name: string]: unknown }): string;
  /** The text that is missing to the end. */
  end(): string;
}

type Key = string | number;

/** An object or a list that is not closed. */
interface Container {
  /** Where it stands in the one around it. */
  readonly key: Key;
  readonly close: '}' | ']';
  hasMembers: boolean;
}

/**
 * A writer for the arguments of one call. Vertex AI streams them as values with the path of each
 * (`FunctionCall.partialArgs`, when `streamFunctionCallArguments` is asked for); a long string comes in
 * several pieces of one path. The model writes them in the order of the document, so a path that has been
 * left does not come again.
 */
export function argumentsWriter(): ArgumentsWriter {
  const open: Container[] = [];
  /** Path of the string that goes on, `null` when none does. */
  let stringPath: string | null = null;

  const closeString = (): string => {
    const text = stringPath === null ? '' : '"';
    stringPath = null;
    return text;
  };

  const closeTo = (depth: number): string =>
    open
      .splice(depth)
      .reverse()
      .map(({ close }) => close)
      .join('');

  /** What stands before a member: a comma, and its name where it has one. */
  const before = (key: Key): string => {
    const container = open.at(-1);
    const comma = container?.hasMembers ? ',' : '';
    if (container) container.hasMembers = true;
    return typeof key === 'string' && container ? `${comma}${JSON.stringify(key)}:` : comma;
  };

  const openFor = (member: Key | undefined, key: Key): string => {
    const isList = typeof member === 'number';
    const text = before(key) + (isList ? '[' : '{');
    open.push({ key, close: isList ? ']' : '}', hasMembers: false });
    return text;
  };

  /** Closes what the path leaves and opens what it enters. */
  const goTo = (path: readonly Key[]): string => {
    // The root is a container as well, under a key of no meaning.
    const containers = ['$', ...path.slice(0, -1)];
    let shared = 0;
    while (shared < open.length && open[shared]?.key === containers[shared]) shared++;
    const left = closeTo(shared);
    const entered = containers.slice(shared).map((key, step) => openFor(path[shared + step], key));
    return left + entered.join('');
  };

  return {
    add: (piece) => {
      const { jsonPath = '$', stringValue, willContinue = false } = piece;
      const path = keysOf(jsonPath);
      const last = path.at(-1);
      if (stringPath === jsonPath && stringValue !== undefined) {
        return contentOf(stringValue) + (willContinue ? '' : closeString());
      }
      const left = closeString();
      if (last === undefined) return left;
      const start = left + goTo(path) + before(last);
      if (stringValue === undefined) return start + valueOf(piece);
      if (willContinue) stringPath = jsonPath;
      return `${start}"${contentOf(stringValue)}${willContinue ? '' : '"'}`;
    },
    addMembers: (args) =>
      Object.entries(args)
        .map(([name, value]) => closeString() + goTo([name]) + before(name) + JSON.stringify(value))
        .join(''),
    end: () => closeString() + closeTo(0),
  };
}

/** A string's text between its quotes; half a character at the end of a piece is escaped, and still adds up. */
const contentOf = (text: string): string => JSON.stringify(text).slice(1, -1);

const valueOf = ({ numberValue, boolValue }: PartialArg): string =>
  JSON.stringify(numberValue ?? boolValue ?? null);

/** The keys of a normalized JSON Path (RFC 9535): `$.a.b[0]['c d']`. */
function keysOf(path: string): readonly Key[] {
  const steps = path.matchAll(
    /\.([^.[\]]+)|\[(\d+)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/g,
  );
  return [...steps].map(([, name, index, single, double]) => {
    if (name !== undefined) return name;
    if (index !== undefined) return Number(index);
    return unescaped(single === undefined ? (double ?? '') : asDoubleQuoted(single));
  });
}

const asDoubleQuoted = (text: string): string =>
  text.replace(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"));

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
